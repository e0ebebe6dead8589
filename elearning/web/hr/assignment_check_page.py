"""What the check page of a rule shows: what it would do, to how many, and to whom first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from elearning.services.preview_rule import Preview
from elearning.services.rule_list import NamedPerson
from elearning.web.hr.assignment_answers import Answers
from elearning.web.hr.assignment_page import Facts
from elearning.web.hr.forms import Table
from elearning.web.hr.words import days_text, long_day, number, short_day
from elearning.web.parts import Cell, Column, Link


@dataclass(frozen=True, slots=True)
class Check:
    """A rule in words with what it would do, and the first people on either side."""

    title: str
    applies: str
    due_days: int
    preview: Preview
    inside: tuple[NamedPerson, ...]
    outside: tuple[NamedPerson, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The page, before anything is saved."""

    title: str
    applies: str
    facts: Facts
    counts: Table
    tables: tuple[Table, ...]
    warning: str | None
    action: str
    is_change: bool
    who: Link
    when: Link


def check_page(check: Check, answers: Answers, lang: str) -> CheckPage:
    """Return the page."""
    found = check.preview
    nobody = _("Nobody who works here fits this now. The rule waits for the first who does.")
    return CheckPage(
        title=check.title,
        applies=check.applies,
        facts=(
            (_("From"), long_day(found.day)),
            (_("Time to complete it"), days_text(check.due_days)),
            (_("Earliest last day"), short_day(found.earliest_due)),
        ),
        counts=_counts(found),
        tables=tuple(_tables(check, lang)),
        warning=None if found.inside or found.later else nobody,
        action=answers.address("assignment.confirm"),
        is_change=answers.replaces is not None,
        who=Link(_("Change for whom"), answers.address("assignment.who")),
        when=Link(_("Change what and when"), answers.address("assignment.when")),
    )


def _counts(found: Preview) -> Table:
    rows = {
        _("It is about them"): found.inside,
        _("They work here, and it is not about them"): found.outside,
        _("Newly have to do it"): found.new,
        _("Of whom start work later"): found.later,
        _("Have to do it already"): found.obliged_already,
        _("Completed it already; that stays valid"): found.valid_already,
        _("Exempt on that day"): found.exempt,
        _("Do not have to do it any more"): found.ended,
    }
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (text, number(len(people))) for text, people in rows.items()
    )
    caption = _("What this rule does on %(day)s", day=long_day(found.day))
    return Table(caption, (Column(_("What")), Column(_("Staff"), is_number=True)), cells)


def _tables(check: Check, lang: str) -> Iterable[Table]:
    columns = (Column(_("Name")), Column(_("Unit")))
    if check.inside:
        rows = tuple((*_named(each, lang), _stand(each.id, check.preview)) for each in check.inside)
        yield Table(_first(len(rows), check.preview.inside), (*columns, Column(_("Now"))), rows)
    if check.outside:
        rows = tuple(_named(each, lang) for each in check.outside)
        yield Table(_first_outside(len(rows), check.preview.outside), columns, rows)


def _named(person: NamedPerson, lang: str) -> tuple[Cell, ...]:
    return person.name, ", ".join(unit.name(lang) for unit in person.units)


def _first(shown: int, people: frozenset[UUID]) -> str:
    return _(
        "Whom it is about: %(shown)s of %(total)s by name",
        shown=number(shown),
        total=number(len(people)),
    )


def _first_outside(shown: int, people: frozenset[UUID]) -> str:
    return _(
        "Whom it is not about: %(shown)s of %(total)s by name",
        shown=number(shown),
        total=number(len(people)),
    )


def _stand(person_id: UUID, found: Preview) -> str:
    """Return how somebody stands, in a few words."""
    if person_id in found.valid_already:
        return _("Completed already")
    if person_id in found.exempt:
        return _("Exempt")
    return _("New") if person_id in found.new else _("Has to do it already")
