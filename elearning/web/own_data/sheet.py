"""One's own data in words, for the PDF: what a person can read; the JSON file has all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from elearning.content.library import Library
from elearning.integrations.report_pdf import Part, Report
from elearning.services.own_data import OwnData, Plain
from elearning.web.i18n import LANGUAGES
from elearning.web.learner.words import day_in_words

Labels = tuple[tuple[str, str], ...]


def own_report(data: OwnData, library: Library, lang: str) -> Report:
    """Return the report: a table for each kind of which something is kept."""
    titles = {training.id: training.title[lang] for training in library.trainings.values()}
    titles |= {str(key): each.texts[lang].title for key, each in library.scenarios.items()}
    titles |= LANGUAGES
    titles |= {key: each.module.title[lang] for key, each in library.modules.items()}
    return Report(
        title=_("What is kept about you"),
        institution=library.institution.name[lang],
        lang=lang,
        made_on=data.made_at.date(),
        intro=(
            _("Made on %(day)s. Only you can make this document.", day=day(data.made_at.date())),
            _("The JSON file has everything, also your roles and each choice in a conversation."),
        ),
        parts=tuple(_parts(data, titles)),
    )


def _parts(data: OwnData, titles: dict[str, str]) -> Iterator[Part]:
    for table, heading, labels in _sections():
        rows = data.tables[table]
        if rows:
            cells = (
                tuple(_cell(column, row[column], titles) for column, _label in labels)
                for row in rows
            )
            columns = tuple(label for _column, label in labels)
            yield Part(heading, columns, tuple(dict.fromkeys(cells)))


def _sections() -> tuple[tuple[str, str, Labels], ...]:
    training, since, until = _("Training"), _("From"), _("Until")
    return (
        (
            "person",
            _("Who you are"),
            (
                ("display_name", _("Name")),
                ("email", _("E-mail address")),
                ("external_id", _("Staff number")),
                ("language", _("Language")),
            ),
        ),
        (
            "appointment",
            _("Where you work"),
            (("category", _("Kind of work")), ("starts_on", since), ("ends_on", until)),
        ),
        ("absence", _("Away; never why"), (("from_on", since), ("until_on", until))),
        (
            "obligation",
            _("What you must hold"),
            (("training_id", training), ("opened_on", since), ("due_on", _("By"))),
        ),
        (
            "exemption",
            _("Exemptions"),
            (("training_id", training), ("from_on", since), ("until_on", until)),
        ),
        (
            "award",
            _("What you obtained"),
            (
                ("training_id", training),
                ("obtained_on", _("Obtained on")),
                ("valid_until", _("Valid until")),
            ),
        ),
        (
            "module_page",
            _("What you read"),
            (("module_id", _("Module")), ("done_on", _("Done on"))),
        ),
        (
            "attempt",
            _("What you practised or read"),
            (("scenario_id", _("Part")), ("last_played_on", _("Last on"))),
        ),
    )


def _cell(column: str, value: Plain, titles: dict[str, str]) -> str:
    if value is None:
        return "–"
    text = str(value)
    if column.endswith(("_on", "_at")):
        return day(date.fromisoformat(text[:10]))
    return titles.get(text, text)


def day(value: date) -> str:
    """Return a day in words."""
    return day_in_words(value)
