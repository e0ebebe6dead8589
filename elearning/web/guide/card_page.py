"""The pocket card: five steps and who is there, from the directory and the overlay."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from elearning.content.directory import Directory
from elearning.content.institution import Contact
from elearning.content.library import Library
from elearning.learning.certificate import CertificateLanguage, long_date
from elearning.learning.pocket_card import CardLine, PocketCardSheet
from elearning.web.support.contacts import as_heading


def card_sheet(library: Library, lang: CertificateLanguage, today: date) -> PocketCardSheet:
    """Return the card in a language, with what is known on a day."""
    card, directory = library.handouts.card, library.directory
    return PocketCardSheet(
        title=_("When someone tells you something"),
        institution=library.institution.name[lang],
        services=tuple(_service(directory, each, lang, today) for each in card.services),
        contacts=tuple(_local(library.institution.contacts[each], lang) for each in card.contacts),
        steps=tuple((each.letter, each.name[lang], each.do[lang]) for each in card.steps),
        facts=tuple(directory.facts[each].text[lang] for each in card.facts),
        unchecked_note=_("* being checked"),
        printed=_("As known on %(day)s", day=long_date(today, lang)),
        headings=(_("Who is there"), _("At our institution"), _("What you do"), _("Time")),
        lang=lang,
        made_on=today,
    )


def _service(
    directory: Directory, resource_id: str, lang: CertificateLanguage, today: date
) -> CardLine:
    resource = directory.resources[resource_id]
    is_known = resource.dated.is_verified and not resource.dated.is_stale_on(today)
    return CardLine(
        name=as_heading(resource.name[lang]),
        way=resource.phone or resource.url or "",
        hours="" if resource.hours is None else resource.hours[lang],
        is_checked=is_known,
    )


def _local(contact: Contact, lang: CertificateLanguage) -> CardLine:
    return CardLine(
        name=as_heading(contact.name[lang]),
        way=contact.phone or contact.email or contact.url or "",
        hours="",
        is_checked=True,
    )
