"""Services and people to turn to, as cards: what is known, and how well it is known."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from elearning.content.directory import Resource
from elearning.content.institution import Contact as LocalContact
from elearning.learning.certificate import CertificateLanguage, long_date
from elearning.web.parts import Contact


def service_card(resource: Resource, lang: CertificateLanguage, today: date) -> Contact:
    """Return the card of a national service; what nobody has checked says so."""
    verified_on = resource.dated.verified_on
    not_for = "" if resource.not_for is None else resource.not_for[lang]
    return Contact(
        name=as_heading(resource.name[lang]),
        checked_on=None if verified_on is None else month(verified_on, lang),
        note=_stale_note(resource, lang, today),
        role=f"{resource.for_whom[lang]} {not_for}".strip(),
        phone=resource.phone,
        url=resource.url,
        has_chat=resource.has_chat,
        hours=None if resource.hours is None else resource.hours[lang],
        cost=None if resource.cost is None else resource.cost[lang],
        languages=", ".join(language_name(code) for code in resource.languages),
    )


def local_card(contact: LocalContact, lang: str) -> Contact:
    """Return the card of someone within the institution."""
    return Contact(
        name=as_heading(contact.name[lang]),
        checked_on=None,
        note=_("As given by your institution"),
        role=contact.role[lang],
        phone=contact.phone,
        email=contact.email,
        url=contact.url,
        hours=None if contact.hours is None else contact.hours[lang],
    )


def month(day: date, lang: CertificateLanguage) -> str:
    """Return month and year in words: a source was seen then, which claims no more than that."""
    return long_date(day, lang).split(" ", 1)[1]


def is_overdue_for_a_check(resource: Resource, today: date) -> bool:
    """Say whether what was once checked should have been looked at again."""
    return resource.dated.is_verified and resource.dated.is_stale_on(today)


def as_heading(name: str) -> str:
    """Return a name that stands in a sentence with a capital, for a heading."""
    return name[:1].upper() + name[1:]


def language_name(code: str) -> str:
    """Return what a language is called."""
    return {"nl": _("Dutch"), "en": _("English")}.get(code, code)


def _stale_note(resource: Resource, lang: CertificateLanguage, today: date) -> str | None:
    verified_on = resource.dated.verified_on
    if verified_on is None or not is_overdue_for_a_check(resource, today):
        return None
    return _(
        "Source seen in %(month)s. We should have looked at it again by now.",
        month=month(verified_on, lang),
    )
