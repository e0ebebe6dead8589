"""How reporting works here, from the institution's own overlay."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from elearning.content.institution import Institution
from elearning.learning.certificate import CertificateLanguage, long_date
from elearning.web.parts import Contact
from elearning.web.support.contacts import local_card

WHO_IS_THERE = (
    "confidential_adviser",
    "confidential_adviser_external",
    "complaints_committee",
    "ombuds",
)


@dataclass(frozen=True, slots=True)
class ReportingPage:
    """Everything the template shows: heading and text, in the order in which people ask."""

    parts: tuple[tuple[str, str], ...]
    contacts: tuple[Contact, ...]
    reviewed: str


def reporting_page(institution: Institution, lang: CertificateLanguage) -> ReportingPage:
    """Return the page in a language."""
    told = {key: text[lang] for key, text in institution.structure.items()}
    parts = (
        (_("What it is about"), institution.definition[lang]),
        (_("For whom and where"), told["scope"]),
        (_("What stays between you"), institution.confidentiality[lang]),
        (_("The ways there are"), told["ways"]),
        (_("Who investigates"), told["investigation"]),
        (_("How long it takes"), told["timelines"]),
        (_("Support, for both sides"), told["support"]),
        (_("What can be arranged meanwhile"), told["interim_measures"]),
        (_("Protection"), told["retaliation"]),
        (_("If you do not agree"), told["appeal"]),
        (_("Afterwards"), told["aftercare"]),
        (_("Figures"), told["public_figures"]),
        (_("Students have a say"), told["student_contact"]),
    )
    return ReportingPage(
        parts=parts,
        contacts=tuple(local_card(institution.contacts[each], lang) for each in WHO_IS_THERE),
        reviewed=long_date(institution.last_reviewed_on, lang),
    )
