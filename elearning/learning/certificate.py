"""What a certificate says, in Dutch and English: the one source of the page and of the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from elearning.learning.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

CertificateLanguage = Literal["nl", "en"]

_MONTHS: Mapping[CertificateLanguage, tuple[str, ...]] = MappingProxyType(
    {
        "nl": (
            "januari", "februari", "maart", "april", "mei", "juni",
            "juli", "augustus", "september", "oktober", "november", "december",
        ),
        "en": (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CertificateWording:
    """The fixed words of a certificate in one language."""

    heading: str
    has_completed: str
    has_completed_end: str
    obtained_on: str
    valid_through: str
    no_end_date: str
    study_load: str
    minutes: str
    content_version: str
    proof: str
    issuer: str
    goals: str
    verify: str
    verify_hint: str
    qr_alt: str
    statement_file: str
    badge_file: str


WORDING: Mapping[CertificateLanguage, CertificateWording] = MappingProxyType(
    {
        "nl": CertificateWording(
            heading="Certificaat",
            has_completed="heeft de training",
            has_completed_end="afgerond",
            obtained_on="Behaald op",
            valid_through="Geldig tot en met",
            no_end_date="geen einddatum",
            study_load="Studielast",
            minutes="minuten",
            content_version="Versie",
            proof="bewijs",
            issuer="Uitgegeven door",
            goals="Leerdoelen",
            verify="Controleren",
            verify_hint="Scan de code of ga naar",
            qr_alt="QR-code naar de controlepagina",
            statement_file="Wat er op dit certificaat staat, ondertekend door de uitgever",
            badge_file="Hetzelfde als Open Badge 3.0",
        ),
        "en": CertificateWording(
            heading="Certificate",
            has_completed="has completed the training",
            has_completed_end="",
            obtained_on="Obtained on",
            valid_through="Valid through",
            no_end_date="no end date",
            study_load="Study load",
            minutes="minutes",
            content_version="Version",
            proof="proof",
            issuer="Issued by",
            goals="Learning goals",
            verify="Verification",
            verify_hint="Scan the code or go to",
            qr_alt="QR code to the verification page",
            statement_file="What this certificate says, signed by its issuer",
            badge_file="The same as an Open Badge 3.0",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class CertificateDocument:
    """One certificate as it is shown and printed; no score, and nothing of the way of learning."""

    name: str
    training_title: str
    content_version: str
    proof: str | None
    obtained_on: date
    valid_until: date | None  # first day no longer valid, as in the award
    study_load_minutes: int
    issuer: str
    goals: tuple[str, ...]
    code: str  # as printed, in groups
    verify_url: str
    lang: CertificateLanguage
    theme: Theme

    @property
    def wording(self) -> CertificateWording:
        """Return the fixed words in the language of this certificate."""
        return WORDING[self.lang]

    @property
    def obtained_text(self) -> str:
        """Return the day the training was met, written out."""
        return long_date(self.obtained_on, self.lang)

    @property
    def valid_through_text(self) -> str:
        """Return the last valid day, written out: the day before `valid_until`."""
        if self.valid_until is None:
            return self.wording.no_end_date
        return long_date(self.valid_until - timedelta(days=1), self.lang)

    @property
    def version_text(self) -> str:
        """Return the version with the proof of what was practised."""
        return version_text(self.content_version, self.proof, self.lang)

    @property
    def study_load_text(self) -> str:
        """Return the study load with its unit."""
        return f"{self.study_load_minutes} {self.wording.minutes}"


def version_text(version: str, proof: str | None, lang: CertificateLanguage) -> str:
    """Return a version as it is shown: with the digest of the proofs, where there are any."""
    return version if proof is None else f"{version} · {WORDING[lang].proof} {proof}"


def long_date(day: date, lang: CertificateLanguage) -> str:
    """Return a date written out, such as 3 maart 2027 or 3 March 2027."""
    return f"{day.day} {_MONTHS[lang][day.month - 1]} {day.year}"
