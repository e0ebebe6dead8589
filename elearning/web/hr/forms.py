"""What both pages of the overview share: the choice of training and day, and a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.learning.training import Training
from elearning.web.hr.filters import Asked
from elearning.web.parts import Cell, Column


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
    is_today: bool


def choices(asked: Asked, trainings: Mapping[str, Training], lang: str) -> Choices:
    """Return the trainings that can be chosen, and the day."""
    return Choices(
        action=asked.overview_address().partition("?")[0],
        trainings=tuple((each.id, each.title[lang]) for each in trainings.values()),
        training_id=asked.training_id,
        day=asked.day.isoformat(),
        is_today=asked.is_today,
    )
