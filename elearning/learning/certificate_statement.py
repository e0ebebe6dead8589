"""What an issuer signs of a certificate, and what a check of it without a network can say.

The statement holds everything that is printed. It is signed as canonical JSON (RFC 8785), so that
any program in any year can check it with the public key alone (docs/decisions/0009).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from elearning.learning.certificate import CertificateLanguage, version_text

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "elearning-certificate/1"
FIELDS = frozenset(
    {
        "format", "kid", "issued_at", "code", "verify_url", "name", "training", "title", "version",
        "proof", "obtained_on", "valid_until", "study_load_minutes", "issuer", "goals",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything on the paper, in both languages; from `valid_until` on it is not valid."""

    code: str
    verify_url: str
    issued_at: datetime
    name: str
    training_id: str
    title: Mapping[str, str]
    version: str
    proof: str | None
    obtained_on: date
    valid_until: date | None
    study_load_minutes: int
    issuer: Mapping[str, str]
    goals: Mapping[str, tuple[str, ...]]

    def content(self, kid: str) -> dict[str, Any]:
        """Return the JSON that the key `kid` signs."""
        return {
            "format": FORMAT,
            "kid": kid,
            "issued_at": self.issued_at.isoformat(timespec="seconds"),
            "code": self.code,
            "verify_url": self.verify_url,
            "name": self.name,
            "training": self.training_id,
            "title": dict(self.title),
            "version": self.version,
            "proof": self.proof,
            "obtained_on": self.obtained_on.isoformat(),
            "valid_until": None if self.valid_until is None else self.valid_until.isoformat(),
            "study_load_minutes": self.study_load_minutes,
            "issuer": dict(self.issuer),
            "goals": {lang: list(lines) for lang, lines in self.goals.items()},
        }


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A signed file and the name of the key that signed it."""

    key_id: str
    text: str


def read_statement(content: Mapping[str, Any]) -> Statement:
    """Read signed JSON back; raises `ValueError` or `KeyError` where it is not of this format."""
    if content["format"] != FORMAT or set(content) != FIELDS:
        raise ValueError("another format")
    until = content["valid_until"]
    return Statement(
        code=str(content["code"]),
        verify_url=str(content["verify_url"]),
        issued_at=datetime.fromisoformat(content["issued_at"]),
        name=str(content["name"]),
        training_id=str(content["training"]),
        title=content["title"],
        version=str(content["version"]),
        proof=None if content["proof"] is None else str(content["proof"]),
        obtained_on=date.fromisoformat(content["obtained_on"]),
        valid_until=None if until is None else date.fromisoformat(until),
        study_load_minutes=int(content["study_load_minutes"]),
        issuer=content["issuer"],
        goals={lang: tuple(lines) for lang, lines in content["goals"].items()},
    )


class OfflineStanding(StrEnum):
    """What can be said of a file with the public keys alone; a withdrawal cannot be seen so."""

    SIGNED = "signed"
    EXPIRED = "expired"
    KEY_COMPROMISED = "key compromised"
    KEY_UNKNOWN = "key unknown"
    ALTERED = "altered"
    NOT_A_CERTIFICATE = "not a certificate"


@dataclass(frozen=True, slots=True)
class OfflineCheck:
    """The outcome; `facts` is what the file says, and empty unless its signature holds."""

    standing: OfflineStanding
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def is_genuine(self) -> bool:
        """Say whether the issuer signed this, whatever it is worth today."""
        return self.standing in {OfflineStanding.SIGNED, OfflineStanding.EXPIRED}


def facts_of(statement: Statement, lang: CertificateLanguage) -> tuple[tuple[str, str], ...]:
    """Return what stands on the paper, to be compared with it."""
    until = "no end" if statement.valid_until is None else statement.valid_until.isoformat()
    return (
        ("name", statement.name),
        ("training", statement.title[lang]),
        ("version", version_text(statement.version, statement.proof, lang)),
        ("obtained on", statement.obtained_on.isoformat()),
        ("no longer valid from", until),
        ("study load in minutes", str(statement.study_load_minutes)),
        ("issued by", statement.issuer[lang]),
        ("code", statement.code),
        ("check online at", statement.verify_url),
    )


def is_over(statement: Statement, day: date) -> bool:
    """Say whether its validity has ended on this day."""
    return statement.valid_until is not None and statement.valid_until <= day


def language_of(statement: Statement, wanted: str) -> CertificateLanguage:
    """Return the wanted language where the statement has it."""
    return cast("CertificateLanguage", wanted if wanted in statement.title else "nl")
