"""How long proving takes: `python -m tests.bench.proofs`, and figures for `make bench`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from elearning.content.library import read_places
from elearning.content.sources import content_root
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.prove.proof import Proof
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.search import MOST_STATES
from elearning.scenario.prove.strategies import Spoken, as_written
from elearning.scenario.registry_parser import parse_registry
from tests.bench.report import Figure, Goal
from tests.unit.scenario.large import a_large_scenario, a_tangled_scenario

MOST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A proof and the seconds that it took."""

    name: str
    proof: Proof
    seconds: float


def measured() -> Iterator[Measured]:
    """Prove every shipped scenario, a large one, and one beyond the cap."""
    root = content_root(None)
    registry, _ = parse_registry(root.read("scenarios/competencies.yaml"), "competencies.yaml")
    spoken = read_places(root, root.path / "modules/directory/institution.demo.yaml").fill_text
    for name, files in root.folders("scenarios", "scenario.md").items():
        parsed = parse_scenario(files, registry).parsed
        if parsed is not None:
            yield _measure(name, parsed, spoken)
    yield _measure("60 nodes, 8 flags, 6 competencies", a_large_scenario())
    yield _measure("a tangle", a_tangled_scenario())


def figures() -> Iterator[Figure]:
    """Return the seconds per scenario as figures for the table of `make bench`.

    What is not proved has no goal: it says what the cap costs.
    """
    for each in measured():
        if each.proof.figures is None:
            name = f"prove {each.name}: {each.proof.verdict} beyond {MOST_STATES:,} situations, s"
            yield Figure(name, "", each.seconds)
        else:
            goal = Goal(MOST_SECONDS)
            yield Figure(f"prove {each.name}, s", "", each.seconds, goal)
            yield Figure("… situations", "", each.proof.figures.states)


def _measure(name: str, parsed: Parsed, spoken: Spoken = as_written) -> Measured:
    started = perf_counter()
    proof = prove(parsed, spoken)
    return Measured(name, proof, perf_counter() - started)


def _told(each: Measured) -> str:
    found = each.proof.figures
    if found is None:
        return f"{each.name}: {each.proof.verdict} after {each.seconds:.2f} s"
    return (
        f"{each.name}: {each.proof.verdict} in {each.seconds:.2f} s, {found.states:,} states,"
        f" {found.transitions:,} transitions, {found.plays:,} plays, longest"
        f" {found.longest_play}, random choice passes {float(found.guess_pass):.3g}"
    )


if __name__ == "__main__":
    for one in measured():
        sys.stdout.write(_told(one) + "\n")
