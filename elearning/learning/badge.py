"""A certificate as an Open Badges 3.0 credential: its fields, without any signature.

Sources: Open Badges 3.0 (1EdTech), Verifiable Credentials Data Model 2.0 (W3C), and the metadata
of the Dutch edubadges for an extracurricular badge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearning.learning.certificate import CertificateLanguage

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
GLOSSARY = "https://edubadges.nl/static/obv3-glossary.html#"
# The words of the Dutch profile, defined in the badge itself: nothing has to be fetched for them.
DUTCH_PROFILE: Mapping[str, Any] = MappingProxyType(
    {
        "EducredentialAchievement": {
            "@id": f"{GLOSSARY}EducredentialAchievement",
            "@context": {
                "participationType": f"{GLOSSARY}participationType",
                "supervisionType": f"{GLOSSARY}supervisionType",
                "identityChecked": {
                    "@id": f"{GLOSSARY}identityChecked",
                    "@type": "http://www.w3.org/2001/XMLSchema#boolean",
                },
            },
        }
    }
)
CONTEXT: tuple[Any, ...] = (CREDENTIALS_V2, OPEN_BADGES, dict(DUTCH_PROFILE))


@dataclass(frozen=True, slots=True)
class BadgeWording:
    """The fixed words of a badge in one language."""

    description: str
    criteria: str
    result: str
    image: str


WORDING: Mapping[CertificateLanguage, BadgeWording] = MappingProxyType(
    {
        "nl": BadgeWording(
            description="Een online training van {minutes} minuten voor medewerkers.",
            criteria="De houder heeft alle onderdelen afgerond en kan: {goals}.",
            result="Training afgerond",
            image="Een tekstballon met een vinkje",
        ),
        "en": BadgeWording(
            description="An online training of {minutes} minutes for staff.",
            criteria="The holder has completed all parts and is able to: {goals}.",
            result="Training completed",
            image="A speech bubble with a tick",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who holds it: the name on the certificate, scrambled with a salt of its own."""

    name: str
    salt: str  # at least 16 random bytes, in hexadecimal

    def identity(self) -> dict[str, Any]:
        """Return what stands in the badge; whoever knows the name can check it."""
        digest = sha256(f"{self.name}{self.salt}".encode()).hexdigest()
        return {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": f"sha256${digest}",
            "identityType": "name",
            "salt": self.salt,
        }


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """Where it says whether the badge was withdrawn."""

    list_url: str
    place: int


@dataclass(frozen=True, slots=True)
class Badge:
    """Everything a badge says, in one language."""

    url: str
    issuer_url: str
    issuer_name: str
    lang: CertificateLanguage
    achievement_id: str
    title: str
    version: str
    study_load_minutes: int
    goals: tuple[str, ...]
    image_url: str
    obtained_on: date
    valid_until: date | None
    recipient: Recipient
    status: StatusEntry

    def credential(self) -> dict[str, Any]:
        """Return the credential, to be signed."""
        days = {"validFrom": _instant(self.obtained_on)}
        if self.valid_until is not None:
            days["validUntil"] = _instant(self.valid_until)
        return {
            "@context": list(CONTEXT),
            "id": self.url,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": self.title,
            "issuer": {
                "id": did_of(self.issuer_url),
                "type": ["Profile"],
                "name": self.issuer_name,
                "url": self.issuer_url,
            },
            **days,
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [self.recipient.identity()],
                "achievement": self._achievement(),
                "result": [
                    {
                        "type": ["Result"],
                        "resultDescription": f"{self.achievement_id}:result",
                        "status": "Completed",
                    }
                ],
            },
            "credentialStatus": self._status(),
        }

    def _achievement(self) -> dict[str, Any]:
        words = WORDING[self.lang]
        return {
            "id": self.achievement_id,
            "type": ["Achievement", "EducredentialAchievement"],
            "achievementType": "CertificateOfCompletion",
            "name": self.title,
            "description": words.description.format(minutes=self.study_load_minutes),
            "criteria": {"narrative": words.criteria.format(goals="; ".join(self.goals))},
            "image": {"id": self.image_url, "type": "Image", "caption": words.image},
            "inLanguage": self.lang,
            "version": self.version,
            "participationType": "online",
            "supervisionType": "unsupervised with no identity verification",
            "identityChecked": False,
            "resultDescription": [
                {
                    "id": f"{self.achievement_id}:result",
                    "type": ["ResultDescription"],
                    "name": words.result,
                    "resultType": "Status",
                }
            ],
        }

    def _status(self) -> dict[str, Any]:
        return {
            "id": f"{self.status.list_url}#{self.status.place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(self.status.place),
            "statusListCredential": self.status.list_url,
        }


def did_of(url: str) -> str:
    """Return the `did:web` of a site: its host, with the port written as the method asks."""
    return f"did:web:{quote(urlsplit(url).netloc, safe='.-')}"


def _instant(day: date) -> str:
    return datetime.combine(day, time(), tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
