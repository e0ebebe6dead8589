"""The institution's overlay: its own contacts, policy and name; nothing is served without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from elearning.content.theme import read_theme
from elearning.learning.theme import Theme
from elearning.problem import Findings
from elearning.strict_yaml import Field, load
from elearning.yaml_fields import Reader, read_fields

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
    """What one institution fills in."""

    name: Translated
    issuer: Translated
    exit_url: str
    support_email: str
    definition: Translated
    confidentiality: Translated
    contacts: Mapping[str, Contact]
    theme: Theme


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
            contacts=_contacts(reader, findings),
            theme=read_theme(reader, folder, findings),
        )


def _https(reader: Reader, key: str) -> str:
    address = reader.text(key)
    parts = urlsplit(address)
    if address and (parts.scheme != "https" or not parts.hostname):
        reader.wrong(key, "needs an address that begins with https://")
    return address


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
