"""The answer to a code as a value: what it is worth, and what should stand on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.certificate import CertificateLanguage, long_date, version_text
from elearning.services.verify_certificate import Shown, Standing, Verification


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """Everything the template shows of a code; never a name, and never the code itself."""

    kind: str
    status: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    checked_on: str

    @property
    def is_known(self) -> bool:
        """Say whether there is a certificate to compare with."""
        return bool(self.facts)


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """Whether a name stands on the paper."""

    kind: str
    title: str
    text: str


def verify_page(verification: Verification, lang: CertificateLanguage, today: date) -> VerifyPage:
    """Return the page of an answer, on a day."""
    shown = verification.shown
    return VerifyPage(
        kind=verification.standing.value,
        status=_statuses()[verification.standing],
        sentence=_sentences()[verification.standing],
        facts=() if shown is None else _facts(shown, lang),
        checked_on=long_date(today, lang),
    )


def name_answer(*, is_match: bool) -> NameAnswer:
    """Return what is said of a name that was typed."""
    if is_match:
        return NameAnswer(
            "positive",
            _("The name matches"),
            _("This is the name that the certificate was issued to."),
        )
    return NameAnswer(
        "attention",
        _("The name does not match"),
        _(
            "Type the whole name as it stands on the paper. "
            "Capitals and accents make no difference."
        ),
    )


def try_again_in(seconds: int) -> str:
    """Return when the next try is possible."""
    minutes = -(-seconds // 60)
    return ngettext("Try again in %(num)d minute.", "Try again in %(num)d minutes.", minutes)


def _statuses() -> dict[Standing, str]:
    return {
        Standing.VALID: _("Valid"),
        Standing.EXPIRED: _("Expired"),
        Standing.REPLACED: _("Replaced"),
        Standing.WITHDRAWN: _("Withdrawn"),
        Standing.UNKNOWN: _("Not found"),
    }


def _sentences() -> dict[Standing, str]:
    return {
        Standing.VALID: _("This certificate is valid today."),
        Standing.EXPIRED: _("This certificate is real. Its validity has ended."),
        Standing.REPLACED: _(
            "This certificate is real. A newer certificate of the same person has replaced it."
        ),
        Standing.WITHDRAWN: _(
            "The institution has withdrawn this certificate. It no longer counts."
        ),
        Standing.UNKNOWN: _(
            "We cannot find this code. Check whether you have all the characters. "
            "O and 0 make no difference, nor do I, L and 1."
        ),
    }


def _facts(shown: Shown, lang: CertificateLanguage) -> tuple[tuple[str, str], ...]:
    through = _("no end date")
    if shown.valid_until is not None:
        through = long_date(shown.valid_until - timedelta(days=1), lang)
    minutes = ngettext("%(num)d minute", "%(num)d minutes", shown.study_load_minutes)
    return (
        (_("Training"), shown.title[lang]),
        (_("Version"), version_text(shown.version, shown.proof, lang)),
        (_("Obtained on"), long_date(shown.obtained_on, lang)),
        (_("Valid through"), through),
        (_("Study load"), minutes),
        (_("Issued by"), shown.issuer[lang]),
    )
