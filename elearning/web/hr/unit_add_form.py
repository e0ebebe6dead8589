"""What is asked about a new unit, and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from elearning.services.unit_tree import UnitFacts
from elearning.storage.units import FIRST_DAY
from elearning.web.hr.structure_form import Problems, name_problems, read_day

# A code stands in addresses and in rosters, so it has no blanks and no slashes.
CODE = re.compile(r"[\w][\w.&-]{0,39}")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as it was asked for; `below` is None for the first one, the institution."""

    code: str
    names: tuple[str, str]
    below: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Answers:
    """The words of the form as they came in; nothing of it may be right yet."""

    code: str
    nl: str
    en: str
    below: str
    day: str


def read_answers(values: Mapping[str, str], *, today: date) -> Answers:
    """Return what a form says; the day is today until somebody says otherwise."""
    code, nl, en, below = (
        " ".join(values.get(name, "").split()) for name in ("code", "nl", "en", "onder")
    )
    return Answers(code, nl, en, below, values.get("dag", today.isoformat()).strip())


def new_unit(answers: Answers, facts: UnitFacts) -> tuple[NewUnit | None, Problems]:
    """Return the unit that was asked for, or what is wrong, by field."""
    problems = {**_code_problem(answers.code, facts), **name_problems((answers.nl, answers.en))}
    day = read_day(answers.day) if facts.units else FIRST_DAY
    if day is None:
        problems["dag"] = _("Fill in a day from 2000 to 2099")
    elif facts.units and facts.tree(day).find(answers.below) is None:
        problems["onder"] = _("Choose a unit that is there on this day")
    if problems or day is None:
        return None, problems
    below = answers.below if facts.units else None
    return NewUnit(answers.code, (answers.nl, answers.en), below, day), {}


def _code_problem(code: str, facts: UnitFacts) -> Problems:
    if CODE.fullmatch(code) is None:
        words = _(
            "Fill in a code of at most 40 letters and digits, without blanks, as in your roster"
        )
        return {"code": words}
    if any(unit.code == code for unit in facts.units):
        return {"code": _("There is a unit with this code already, or there was one")}
    return {}
