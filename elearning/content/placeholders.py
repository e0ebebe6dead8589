"""Placeholders such as `{{resource.csg.phone}}`: checked when loading, filled from dated data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from elearning.content.directory import Directory, Fact, Resource
from elearning.content.institution import Contact, Institution

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_.0-9]+)\s*\}\}")
NOT_CHECKED = {"nl": "wordt gecontroleerd", "en": "being checked"}
CURLY = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Places:
    """Where placeholders get their values from."""

    directory: Directory
    institution: Institution

    def value(self, name: str, lang: str) -> str | None:
        """Return what `name` stands for; None when there is no such thing."""
        kind, _, rest = name.partition(".")
        if kind == "institution":
            return self.institution.name[lang] if rest == "name" else None
        key, _, field = rest.partition(".")
        if kind == "resource" and key in self.directory.resources:
            return _of_resource(self.directory.resources[key], field, lang)
        if kind == "fact" and key in self.directory.facts:
            return _of_fact(self.directory.facts[key], field, lang)
        if kind == "local" and key in self.institution.contacts:
            return _of_contact(self.institution.contacts[key], field, lang)
        return None

    def unknown(self, text: str, lang: str) -> Iterator[str]:
        """Yield every placeholder of a text that stands for nothing, and stray braces."""
        for found in PLACEHOLDER.finditer(text):
            if self.value(found[1], lang) is None:
                yield found[1]
        if CURLY.search(PLACEHOLDER.sub("", text)):
            yield "…"

    def fill_text(self, text: str, lang: str) -> str:
        """Return plain text with every placeholder filled."""
        return PLACEHOLDER.sub(lambda found: self.value(found[1], lang) or "", text)

    def fill_html(self, html: str, lang: str) -> Markup:
        """Return safe HTML with every placeholder filled, phone numbers as links."""
        return Markup(  # noqa: S704 - `html` comes from nh3, every value is escaped here
            PLACEHOLDER.sub(lambda found: self._html_value(found[1], lang), html)
        )

    def _html_value(self, name: str, lang: str) -> str:
        value = self.value(name, lang) or ""
        if name.endswith(".phone"):
            return str(phone_link(value))
        if self._is_unverified_sentence(name):
            return str(
                Markup('{} <span class="unverified">({})</span>').format(value, NOT_CHECKED[lang])
            )
        return str(escape(value))

    def _is_unverified_sentence(self, name: str) -> bool:
        """Say whether this is the sentence of a fact that nobody has checked; readers are told."""
        kind, _, rest = name.partition(".")
        fact = self.directory.facts.get(rest.removesuffix(".text")) if kind == "fact" else None
        return fact is not None and name.endswith(".text") and not fact.dated.is_verified


def mentioned(texts: Iterable[str]) -> frozenset[str]:
    """Return the ids of the services and facts that these texts refer to."""
    names = (name for text in texts for name in PLACEHOLDER.findall(text))
    parts = (name.split(".") for name in names)
    return frozenset(each[1] for each in parts if each[0] in {"resource", "fact"})


def phone_link(number: str) -> Markup:
    """Return a number that can be tapped and is read as it is written."""
    dialled = re.sub(r"[^0-9+]", "", number)
    return Markup('<a class="tel" href="tel:{}">{}</a>').format(dialled, number)


def _of_resource(resource: Resource, field: str, lang: str) -> str | None:
    if field in {"phone", "url"}:
        return resource.phone if field == "phone" else resource.url
    texts = {"name": resource.name, "hours": resource.hours, "cost": resource.cost}
    text = texts.get(field)
    return None if text is None else text[lang]


def _of_fact(fact: Fact, field: str, lang: str) -> str | None:
    texts = {"text": fact.text, "value": fact.value}
    return texts[field][lang] if field in texts else None


def _of_contact(contact: Contact, field: str, lang: str) -> str | None:
    if field in {"phone", "email", "url"}:
        return {"phone": contact.phone, "email": contact.email, "url": contact.url}[field]
    texts = {"name": contact.name, "role": contact.role, "hours": contact.hours}
    text = texts.get(field)
    return None if text is None else text[lang]
