"""The rule of law that this program was built around, as the directory of the content has it."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.content.library import Library
from elearning.web.learner.words import day_in_words
from elearning.web.privacy_report.document import Chapter
from elearning.web.privacy_report.sources import SPECIAL_DATA


def law_chapter(library: Library, lang: str) -> Chapter | None:
    """Return what the law says of what this program keeps none of; None where no source is."""
    fact = library.directory.facts.get(SPECIAL_DATA)
    source = None if fact is None else library.directory.sources.get(fact.dated.source or "")
    if fact is None or source is None:
        return None
    seen_on = fact.dated.verified_on
    seen = _("nobody has looked at it yet") if seen_on is None else day_in_words(seen_on)
    return Chapter(
        "law",
        _("Data with extra protection"),
        (
            f"{fact.value[lang]}. {fact.text[lang]}",
            _(
                "The subject of this training is such data. That is why the program is made so "
                "that nobody can tell who has been through something, and keeps no story."
            ),
            _("Source: %(source)s. Looked at: %(day)s.", source=source.text.rstrip("."), day=seen),
        ),
    )
