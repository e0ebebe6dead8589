"""What the pages about lists of people show: the question, and what a list would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from elearning.learning.training import Training
from elearning.services.list_people import ListDraft, ListPreview
from elearning.services.roster_row import RowProblem
from elearning.services.rule_list import NamedPerson
from elearning.web.hr.assignment_answers import Answers
from elearning.web.hr.assignment_forms import Problems, when_problems
from elearning.web.hr.assignment_page import title_of
from elearning.web.hr.forms import Table
from elearning.web.hr.roster_words import trouble_text
from elearning.web.hr.words import long_day, number
from elearning.web.parts import Cell, Choice, Column

ON, OFF = "erop", "eraf"
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class ListPage:
    """The question: which training, whom, from when."""

    answers: Answers
    problems: Problems
    ways: tuple[Choice, ...]
    trainings: tuple[tuple[str, str], ...]
    from_on: str
    days: str
    numbers: str


@dataclass(frozen=True, slots=True)
class ListCheckPage:
    """What a list would do, before anything is saved."""

    lead: str
    counts: Table
    tables: tuple[Table, ...]
    action: str
    is_off: bool
    is_empty: bool


def list_problems(answers: Answers, trainings: Mapping[str, Training], today: date) -> Problems:
    """Return what is wrong, but for the numbers; whoever is taken off needs no term."""
    found = when_problems(answers, trainings, today)
    if answers.one("wie") not in {ON, OFF}:
        return {"wie": _("Choose one of the two"), **found}
    if answers.one("wie") == OFF:
        found.pop("dagen", None)
    return found


def draft_of(answers: Answers, trainings: Mapping[str, Training], today: date) -> ListDraft | None:
    """Return what the answers ask; None where one of them is wrong."""
    from_on, is_off = answers.day("vanaf"), answers.one("wie") == OFF
    if from_on is None or list_problems(answers, trainings, today):
        return None
    training_id = answers.one("training")
    days = None if is_off else answers.number("dagen")
    usual = trainings[training_id].validity.due_days
    return ListDraft(training_id, from_on, usual if days is None else days, is_off)


def list_page(
    answers: Answers,
    problems: Problems,
    trainings: Mapping[str, Training],
    *,
    numbers: str,
    today: date,
    lang: str,
) -> ListPage:
    """Return the question."""
    usual = next(iter(trainings.values()))
    return ListPage(
        answers=answers,
        problems=problems,
        ways=(
            Choice(ON, _("Put these people on the list")),
            Choice(OFF, _("Take these people off the list")),
        ),
        trainings=tuple((each.id, each.title[lang]) for each in trainings.values()),
        from_on=answers.one("vanaf") or today.isoformat(),
        days=answers.one("dagen") or str(usual.validity.due_days),
        numbers=numbers,
    )


def list_check_page(
    found: ListPreview,
    draft: ListDraft,
    names: tuple[NamedPerson, ...],
    *,
    action: str,
    trainings: Mapping[str, Training],
    lang: str,
) -> ListCheckPage:
    """Return what the list would do."""
    title, day = title_of(draft.training_id, trainings, lang), long_day(draft.from_on)
    if draft.is_off:
        lead = _("Off the list for %(training)s, from %(day)s.", training=title, day=day)
    else:
        lead = _(
            "On the list for %(training)s, from %(day)s. To be done by %(due)s.",
            training=title,
            day=day,
            due=long_day(found.due_on),
        )
    return ListCheckPage(
        lead=lead,
        counts=_counts(found, is_off=draft.is_off),
        tables=tuple(_tables(found, names, lang)),
        action=action,
        is_off=draft.is_off,
        is_empty=not found.new,
    )


def _counts(found: ListPreview, *, is_off: bool) -> Table:
    new = _("Come off the list") if is_off else _("Newly have to do it")
    same = _("Do not stand on the list") if is_off else _("Have to do it already")
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Found in the roster"), number(len(found.people))),
        (new, number(len(found.new))),
        (same, number(len(found.unchanged))),
        (_("Completed it already; that stays valid"), number(len(found.valid_already))),
        (_("Exempt on that day"), number(len(found.exempt))),
        (_("Rows left out"), number(len(found.problems))),
    )
    caption = _("What this list would change")
    return Table(caption, (Column(_("What")), Column(_("Number"), is_number=True)), rows)


def _tables(found: ListPreview, names: tuple[NamedPerson, ...], lang: str) -> Iterator[Table]:
    if names:
        caption = _(
            "Whom it changes something for: %(shown)s of %(total)s by name",
            shown=number(len(names)),
            total=number(len(found.new)),
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (each.name, ", ".join(unit.name(lang) for unit in each.units)) for each in names
        )
        yield Table(caption, (Column(_("Name")), Column(_("Unit"))), rows)
    if found.problems:
        columns = (Column(_("Row")), Column(_("What is wrong with the number")))
        yield Table(
            _("Rows that are left out"), columns, tuple(map(_problem, found.problems[:MOST_ROWS]))
        )


def _problem(problem: RowProblem) -> tuple[Cell, ...]:
    return str(problem.row), trouble_text(problem.trouble)


def check_address(upload_id: object, answers: Answers, endpoint: str) -> str:
    """Return where a list is looked over."""
    return f"{url_for(endpoint, upload_id=upload_id)}?{urlencode(answers.pairs())}"
