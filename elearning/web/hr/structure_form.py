"""What is asked about a change of a unit, and what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from elearning.errors import InvalidInput, NotFound
from elearning.services.unit_change import ChangeKind, UnitChange, changed
from elearning.services.unit_tree import UnitFacts
from elearning.storage.units import FIRST_DAY, LAST_DAY

Problems = dict[str, str]
LONGEST_NAME = 100
# The words of the addresses.
KINDS: Mapping[str, ChangeKind] = {
    "verplaatsen": ChangeKind.MOVE,
    "samenvoegen": ChangeKind.MERGE,
    "sluiten": ChangeKind.CLOSE,
    "hernoemen": ChangeKind.RENAME,
}
HAVE_TARGET = frozenset({ChangeKind.MOVE, ChangeKind.MERGE})


@dataclass(frozen=True, slots=True)
class Asked:
    """One change as it was asked for; nothing of it may be right yet."""

    kind: ChangeKind
    code: str
    day: str
    target: str
    names: tuple[str, str]

    @property
    def is_answered(self) -> bool:
        """Say whether anything was sent."""
        return bool(self.day or self.target or any(self.names))


def read_asked(kind: ChangeKind, code: str, values: Mapping[str, str]) -> Asked:
    """Return what an address or a form asks."""
    words = {name: " ".join(values.get(name, "").split()) for name in ("dag", "naar", "nl", "en")}
    return Asked(kind, code, words["dag"], words["naar"], (words["nl"], words["en"]))


def change_in(asked: Asked, facts: UnitFacts) -> tuple[UnitChange | None, Problems]:
    """Return the change that was asked for, or what is wrong, by field."""
    problems = name_problems(asked.names) if asked.kind is ChangeKind.RENAME else {}
    day = read_day(asked.day)
    if day is None:
        problems["dag"] = _("Fill in a day from 2000 to 2099")
    if problems or day is None:
        return None, problems
    target = asked.target if asked.kind in HAVE_TARGET else None
    names = asked.names if asked.kind is ChangeKind.RENAME else None
    change = UnitChange(asked.kind, asked.code, day, target, names)
    return _possible(change, facts)


def name_problems(names: tuple[str, str]) -> Problems:
    """Return what is wrong with a name in Dutch and one in English, by field."""
    return {
        field: _("Fill in a name of at most %(num)s characters", num=LONGEST_NAME)
        for field, name in zip(("nl", "en"), names, strict=True)
        if not name or len(name) > LONGEST_NAME or not name.isprintable()
    }


def _possible(change: UnitChange, facts: UnitFacts) -> tuple[UnitChange | None, Problems]:
    unit = facts.tree(change.day).find(change.code)
    if unit is None:
        return None, {"dag": _("The unit is not there on this day")}
    if change.names == (unit.name_nl, unit.name_en):
        return None, {"nl": _("The unit has these names already")}
    try:
        changed(facts, change)
    except NotFound:
        return None, {"naar": _("Choose a unit that is there on this day")}
    except InvalidInput:
        return None, {"naar": _("Choose another unit: this one is the same, or lies in it")}
    return change, {}


def read_day(text: str) -> date | None:
    """Return a day in which a tree can change; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
