"""The help page as a value: danger first, then talking, then who is there for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from elearning.content.directory import Fact
from elearning.content.library import Library
from elearning.content.placeholders import Places
from elearning.content.rule_packs import Jurisdiction
from elearning.learning.certificate import CertificateLanguage
from elearning.web.parts import Contact
from elearning.web.support.contacts import (
    as_heading,
    is_overdue_for_a_check,
    local_card,
    service_card,
)

EMERGENCY = {Jurisdiction.NL: "emergency", Jurisdiction.NL_BES: "bes_emergency"}
FOR_SOMEONE_ELSE = (
    "confidential_adviser",
    "student_psychologist",
    "student_counsellor",
    "duty_contact_minors",
    "legal_counsel",
    "abroad_line",
)
FOR_YOURSELF = ("staff_support", "confidential_adviser_external", "ombuds")
AFTER_A_REPORT = ("complaints_committee",)
WAYS = ("report_definition", "complaint_definition", "police_report_definition")


@dataclass(frozen=True, slots=True)
class Way:
    """One of the things that are called a report, and where it was read."""

    name: str
    text: Markup
    source: str | None


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Everything the template shows; `is_caribbean` where it is about the islands."""

    is_caribbean: bool
    emergency: Contact
    services: tuple[Contact, ...]
    for_someone_else: tuple[Contact, ...]
    for_yourself: tuple[Contact, ...]
    after_a_report: tuple[Contact, ...]
    ways: tuple[Way, ...]
    has_old_details: bool


def help_page(
    library: Library,
    lang: CertificateLanguage,
    today: date,
    jurisdiction: Jurisdiction = Jurisdiction.NL,
) -> HelpPage:
    """Return the page in a language, on a day, for one part of the country."""
    directory, emergency = library.directory, EMERGENCY[jurisdiction]
    listed = directory.for_help_page(jurisdiction)

    def local(ids: Iterable[str]) -> tuple[Contact, ...]:
        return tuple(local_card(library.institution.contacts[each], lang) for each in ids)

    return HelpPage(
        is_caribbean=jurisdiction is Jurisdiction.NL_BES,
        emergency=service_card(directory.resources[emergency], lang, today),
        services=tuple(service_card(each, lang, today) for each in listed if each.id != emergency),
        for_someone_else=local(FOR_SOMEONE_ELSE),
        for_yourself=local(FOR_YOURSELF),
        after_a_report=local(AFTER_A_REPORT),
        ways=tuple(_way(library, directory.facts[each], lang) for each in WAYS),
        has_old_details=any(is_overdue_for_a_check(each, today) for each in listed),
    )


def _way(library: Library, fact: Fact, lang: str) -> Way:
    places = Places(library.directory, library.institution)
    return Way(
        name=as_heading(fact.value[lang]),
        text=places.fill_html(f"{{{{fact.{fact.id}.text}}}}", lang),
        source=fact.dated.source,
    )
