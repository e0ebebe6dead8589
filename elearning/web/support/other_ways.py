"""Other ways to do a training as a table: each conversation beside what can be read instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from elearning.content.library import Library
from elearning.learning.training import ScenarioPart, Training, Ways
from elearning.scenario.model import Kind
from elearning.web.parts import Cell, Column, Link

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class WaysTable:
    """A row per scenario that can be done in more than one way; all ways are worth the same."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def ways_table(trainings: Iterable[Training], library: Library, lang: str) -> WaysTable | None:
    """Return the table of these trainings, each part once; None without any choice."""
    choices = {
        ways: None
        for training in trainings
        for part in training.parts
        if isinstance(part, ScenarioPart)
        for ways in part.pool
        if len(ways) > 1
    }
    if not choices:
        return None
    columns = (Column(_("Practise a conversation")), Column(_("Read")))
    return WaysTable(columns, tuple(_row(ways, library, lang) for ways in choices))


def _row(ways: Ways, library: Library, lang: str) -> tuple[Cell, ...]:
    return tuple(_cell(ways, kind, library, lang) for kind in (Kind.CONVERSATION, Kind.READING))


def _cell(ways: Ways, kind: Kind, library: Library, lang: str) -> Cell:
    for scenario_id in ways:
        playable = library.scenario(scenario_id)
        if playable.scenario.kind is kind:
            href = url_for("play.start", scenario_id=scenario_id)
            return Link(playable.rendered[lang].title, href)
    return NOTHING
