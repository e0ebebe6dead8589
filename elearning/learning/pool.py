"""Which scenario of a pool is at hand: drawn once per person, another one at the next try.

A pool holds scenarios that ask the same in different situations. The draw is a digest of a token
and of which part it is: the same on every device, nothing is stored, and it says nothing of the
way in which somebody learns. The token is made from the random learning key (services/draw.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeVar

from elearning.learning.training import ScenarioPart, Ways
from elearning.scenario.ids import ScenarioId

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Run:
    """One run that may count, as far as the pool looks at it."""

    scenario_id: ScenarioId
    played_on: date
    has_ended: bool
    has_passed: bool


def at_hand(part: ScenarioPart, token: str, runs: Sequence[Run]) -> Ways:
    """Return the ways of the scenario that is offered now.

    What is open goes on and what was passed stays. After a run that did not pass comes the one of
    the pool that was tried longest ago, or never: there is no end to trying. Of a run only the day
    is known, so within a day the one that was tried least comes first.
    """
    own = [run for run in runs if run.scenario_id in part.any_of]
    for run in sorted(own, key=lambda run: (run.has_passed, run.played_on), reverse=True):
        if _is_kept(run):
            return part.ways_with(run.scenario_id)
    order = drawn(part.pool, token, part.id)
    return min(order, key=lambda ways: _tried(ways, own))


def way_like(ways: Ways, part: ScenarioPart, runs: Sequence[Run]) -> ScenarioId:
    """Return the way of the same kind as was taken last, so that nobody is led back to another.

    What is open or passed goes before what ended otherwise; within a day the open one comes first,
    else the one that comes later among the ways. The ways of every scenario in a pool stand in the
    same order: conversation, reading.
    """
    own = [run for run in runs if run.scenario_id in part.any_of]
    if not own:
        return ways[0]
    kept = [run for run in own if run.scenario_id in ways and _is_kept(run)]
    last = max(kept or own, key=lambda run: (run.played_on, not run.has_ended, _place(part, run)))
    return ways[_place(part, last)]


def drawn(pool: Sequence[Item], token: str, purpose: str) -> tuple[Item, ...]:
    """Return a pool from the place on that was drawn for this token and purpose."""
    digest = sha256(f"{token}\n{purpose}".encode()).digest()
    first = int.from_bytes(digest[:8]) % len(pool)
    return (*pool[first:], *pool[:first])


def _is_kept(run: Run) -> bool:
    return run.has_passed or not run.has_ended


def _tried(ways: Ways, own: Sequence[Run]) -> tuple[date, int]:
    """Return the last day on which a scenario was tried, and how often it was."""
    days = [run.played_on for run in own if run.scenario_id in ways]
    return max(days, default=date.min), len(days)


def _place(part: ScenarioPart, run: Run) -> int:
    return part.ways_with(run.scenario_id).index(run.scenario_id)
