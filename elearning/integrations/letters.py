"""A message as an e-mail: plain and HTML alike, links to the site only, no reporting back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined, Template

from elearning.learning.letter import Letter, MessageText

HTML = Path(__file__).with_name("letter.html")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who messages come from, and where their links lead."""

    address: str
    institution: Mapping[str, str]
    base_url: str


def as_email(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    """Return the e-mail; the same letter has the same Message-ID whenever it is tried."""
    text = letter.text
    institution = sender.institution[text.lang]
    message = EmailMessage(policy=SMTP)
    message["Subject"] = text.subject
    message["From"] = Address(institution, addr_spec=sender.address)
    message["To"] = Address(addr_spec=letter.to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.id}@{urlsplit(sender.base_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = text.lang
    message.set_content(plain(text, sender))
    message.add_alternative(html(text, sender), subtype="html")
    return message


def plain(text: MessageText, sender: Sender) -> str:
    """Return the words without any form."""
    parts = (
        text.greeting,
        *text.paragraphs,
        f"{text.button}:\n{sender.base_url}{text.path}",
        *(f"{words}\n{sender.base_url}{path}" for words, path in text.links),
        sender.institution[text.lang],
    )
    return "\n\n".join(parts) + "\n"


def html(text: MessageText, sender: Sender) -> str:
    """Return the same words as a page without images, scripts or anything fetched."""
    return _template().render(
        text=text, base_url=sender.base_url, institution=sender.institution[text.lang]
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(HTML.read_text(encoding="utf-8"))
