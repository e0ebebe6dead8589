"""The institution's overlay: its own contacts, policy and name; nothing is served without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from elearning.content.equivalents import read_equivalents
from elearning.content.message_policy import MessagePolicy, read_message_policy
from elearning.content.report_policy import ReportPolicy, read_report_policy
from elearning.content.theme import read_theme
from elearning.content.training_versions import OwnPolicy, read_own_policies
from elearning.learning.prior import Equivalent
from elearning.learning.theme import Theme
from elearning.problem import Findings
from elearning.strict_yaml import Field, load
from elearning.yaml_fields import LANGUAGES, Reader, read_fields

Translated = Mapping[str, str]

# Who a learner may be sent to. All must be named, or people are sent nowhere (LTAY, promise 4).
CONTACTS = (
    "confidential_adviser",
    "confidential_adviser_external",
    "student_psychologist",
    "student_counsellor",
    "duty_contact_minors",
    "legal_counsel",
    "staff_support",
    "ombuds",
    "complaints_committee",
    "abroad_line",
)


# How reporting works here, as promise 4 of Let's Talk About YES asks: each field and what it says.
STRUCTURE = {
    "scope": "who, what and where it is about",
    "ways": "talk, report, complaint or police, and what can be anonymous",
    "investigation": "who investigates, how, and what can come of it",
    "timelines": "how long each step takes",
    "support": "support during a procedure, for both sides",
    "interim_measures": "what can be arranged meanwhile, without blame",
    "retaliation": "protection against retaliation",
    "appeal": "objection, and the ways outside the institution",
    "aftercare": "what is offered afterwards",
    "public_figures": "which figures are published every year, and where",
    "student_contact": "how students take part, and whom to reach",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone within the institution; at least one way to reach them."""

    id: str
    name: Translated
    role: Translated
    phone: str | None
    email: str | None
    url: str | None
    hours: Translated | None


@dataclass(frozen=True, slots=True)
class Institution:
    """What one institution fills in; `enforces_spacing` makes days between sittings a rule."""

    name: Translated
    issuer: Translated
    exit_url: str
    support_email: str
    definition: Translated
    confidentiality: Translated
    structure: Mapping[str, Translated]
    last_reviewed_on: date
    has_open_phrases: bool
    contacts: Mapping[str, Contact]
    theme: Theme
    enforces_spacing: bool
    messages: MessagePolicy
    reports: ReportPolicy
    policies: tuple[OwnPolicy, ...]
    equivalents: tuple[Equivalent, ...]


def read_institution(text: str, folder: Path, findings: Findings) -> Institution:
    """Read an overlay of a folder; every missing field is a finding of its own."""
    with read_fields(load(text, findings), findings) as reader:
        return Institution(
            name=reader.translated("name"),
            issuer=reader.translated("issuer"),
            exit_url=_https(reader, "exit_url"),
            support_email=reader.text("support_email"),
            definition=reader.translated("definition"),
            confidentiality=reader.translated("confidentiality"),
            structure=_structure(reader, findings),
            last_reviewed_on=_last_review(reader, findings),
            has_open_phrases=reader.boolean("open_phrases", default=False),
            contacts=_contacts(reader, findings),
            theme=read_theme(reader, folder, findings),
            enforces_spacing=reader.boolean("enforce_spacing", default=False),
            messages=read_message_policy(reader),
            reports=read_report_policy(reader),
            policies=read_own_policies(reader),
            equivalents=read_equivalents(reader),
        )


def _https(reader: Reader, key: str) -> str:
    address = reader.text(key)
    parts = urlsplit(address)
    if address and (parts.scheme != "https" or not parts.hostname):
        reader.wrong(key, "needs an address that begins with https://")
    return address


def _structure(reader: Reader, findings: Findings) -> dict[str, Translated]:
    """Read how reporting works here; each field that is missing is named with what it asks."""
    line, value = reader.line_of("structure"), reader.located("structure")
    texts: dict[str, Translated] = {}
    with read_fields(value, findings) as inner:
        for name, asked in STRUCTURE.items():
            text = inner.optional_translated(name)
            if text is None:
                findings.error("O4", line, f"structure: {name} is missing: {asked}")
            texts[name] = text or dict.fromkeys(LANGUAGES, "")
    return texts


def _last_review(reader: Reader, findings: Findings) -> date:
    day = reader.optional_day("last_reviewed_on")
    if day is None:
        message = "last_reviewed_on is missing: the day on which people last read all of this"
        findings.error("O5", reader.line_of("last_reviewed_on"), message)
    return day or date.min


def _contacts(reader: Reader, findings: Findings) -> dict[str, Contact]:
    read = {each.key: _contact(each, findings) for each in reader.entries("contacts")}
    line = reader.line_of("contacts")
    for missing in [name for name in CONTACTS if name not in read]:
        findings.error("O1", line, f"contacts: {missing} is missing")
    for unknown in read.keys() - set(CONTACTS):
        findings.error("O2", line, f"contacts: {unknown} is not a contact this program knows")
    return read


def _contact(entry: Field, findings: Findings) -> Contact:
    with read_fields(entry.value, findings) as reader:
        contact = Contact(
            id=entry.key,
            name=reader.translated("name"),
            role=reader.translated("role"),
            phone=reader.optional_text("phone"),
            email=reader.optional_text("email"),
            url=reader.optional_text("url"),
            hours=reader.optional_translated("hours"),
        )
    if contact.phone is contact.email is contact.url is None:
        findings.error("O3", entry.line, f"{entry.key}: needs a phone, an email or a url")
    return contact
