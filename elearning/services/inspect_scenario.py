"""Everything that can be found out about a scenario, for its authors; nothing about people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from elearning.content.manuscripts import Manuscript
from elearning.problem import Problem
from elearning.scenario.check import check_scenario
from elearning.scenario.ids import ChoiceId, NodeId
from elearning.scenario.layout.drawing import Drawing, draw
from elearning.scenario.prove.proof import Proof
from elearning.scenario.prove.prover import prove
from elearning.scenario.ways import shortest_plays

# A page is waited for, so it stops sooner than `elearning prove`; a shipped scenario has 2,000.
MOST_STATES: Final = 20_000
_REMEMBERED: Final = 64


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known about one version.

    `problems` are those of reading and checking, without those that the `proof` shows by a play; a
    scenario without competencies has nothing to prove. `ways` are the shortest plays to the nodes.
    """

    problems: tuple[Problem, ...]
    proof: Proof | None
    ways: Mapping[NodeId, tuple[ChoiceId, ...]]


@lru_cache(maxsize=_REMEMBERED)
def inspect_scenario(manuscript: Manuscript) -> Inspection:
    """Return what checking and proving shows; each version is looked at once per process."""
    spoken = manuscript.places.fill_text
    parsed = manuscript.parsed
    proof = prove(parsed, spoken, MOST_STATES) if parsed.scenario.competencies else None
    checked = check_scenario(
        manuscript.files, manuscript.registry, spoken, visits_plays=proof is None
    ).problems
    proved = () if proof is None else proof.problems
    shown = {each.identity for each in proved}
    found = sorted({*manuscript.problems, *checked})
    return Inspection(
        problems=tuple(each for each in found if each.identity not in shown),
        proof=proof,
        ways=shortest_plays(parsed.scenario),
    )


@lru_cache(maxsize=_REMEMBERED)
def drawing_of(manuscript: Manuscript) -> Drawing:
    """Return where everything stands in the drawing of a scenario, computed once per process."""
    return draw(manuscript.scenario)
