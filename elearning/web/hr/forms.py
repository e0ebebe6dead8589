"""What both pages of the overview share: the choice of training and day, and a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from elearning.learning.training import Training
from elearning.web.hr.filters import Asked
from elearning.web.hr.sheet import FileKind
from elearning.web.parts import Cell, Column, Link


@dataclass(frozen=True, slots=True)
class Table:
    """A table, ready to draw."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form below the figures offers."""

    action: str
    trainings: tuple[tuple[str, str], ...]
    training_id: str
    day: str
    known_on: str
    unit_code: str


def choices(
    asked: Asked, trainings: Mapping[str, Training], lang: str, address: str | None = None
) -> Choices:
    """Return the trainings that can be chosen, the day, and as known when."""
    action, _, query = (address or asked.overview_address()).partition("?")
    return Choices(
        action=action,
        trainings=tuple((each.id, each.title[lang]) for each in trainings.values()),
        training_id=asked.training_id,
        day=asked.day.isoformat(),
        known_on="" if asked.known_on is None else asked.known_on.isoformat(),
        unit_code=asked.unit_code if "eenheid=" in query else "",
    )


def file_links(address: Callable[[FileKind], str], text: str) -> tuple[Link, ...]:
    """Return the same rows as files; the text has a place for the kind of file."""
    return tuple(Link(text % {"kind": kind.upper()}, address(kind)) for kind in FileKind)
