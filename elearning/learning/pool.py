"""Which scenario of a pool is at hand: drawn once per person, another one at the next try.

A pool holds scenarios that ask the same in different situations. The draw is a digest of who it is
for and which part it is: the same on every device, nothing is stored, and it says nothing of the
way in which somebody learns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from elearning.learning.training import ScenarioPart, Ways
from elearning.scenario.ids import ScenarioId


@dataclass(frozen=True, slots=True)
class Run:
    """One run that may count, as far as the pool looks at it."""

    scenario_id: ScenarioId
    has_ended: bool
    has_passed: bool


def at_hand(part: ScenarioPart, person: str, runs: Sequence[Run]) -> Ways:
    """Return the ways of the scenario that is offered now; `runs` come oldest first.

    What is open goes on and what was passed stays. After a run that did not pass comes the next of
    the pool, and after all of them the first again: there is no end to trying.
    """
    own = [run for run in runs if run.scenario_id in part.any_of]
    for run in reversed(own):
        if _is_kept(run):
            return part.ways_with(run.scenario_id)
    order = _drawn(part, person)
    tried = [part.ways_with(run.scenario_id) for run in own]
    fresh = [ways for ways in order if ways not in tried]
    if fresh:
        return fresh[0]
    return order[(order.index(tried[-1]) + 1) % len(order)]


def way_like(ways: Ways, part: ScenarioPart, runs: Sequence[Run]) -> ScenarioId:
    """Return the way of the same kind as was taken last, so that nobody is led back to another.

    What is open or passed goes before what ended otherwise. The ways of every scenario in a pool
    stand in the same order: conversation, reading.
    """
    own = [run for run in runs if run.scenario_id in part.any_of]
    if not own:
        return ways[0]
    kept = [run for run in own if run.scenario_id in ways and _is_kept(run)]
    last = (kept or own)[-1].scenario_id
    return ways[part.ways_with(last).index(last)]


def _is_kept(run: Run) -> bool:
    return run.has_passed or not run.has_ended


def _drawn(part: ScenarioPart, person: str) -> tuple[Ways, ...]:
    digest = sha256(f"{person}\n{part.id}".encode()).digest()
    first = int.from_bytes(digest[:8]) % len(part.pool)
    return part.pool[first:] + part.pool[:first]
