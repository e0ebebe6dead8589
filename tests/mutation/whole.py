"""How many defects are seeded: all that `make mutants` judges, and the sample of the suite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.mutation.judging import FOLDERS, Mutant, mutants
from tests.mutation.kinds import FOR_A_READER, KINDS

LEAST: Final = 0.95
# A hundred defects vary by two on either side.
LEAST_OF_SAMPLE: Final = 0.9
NUMBER: Final = 3
# One in so many pairs of a kind and a scenario is in the sample, each kind with other scenarios.
STRIDE: Final = 8


def all_of(scenario: str) -> list[Mutant]:
    """Return every defect that is seeded in one scenario, judged."""
    kinds = (*KINDS, *FOR_A_READER)
    return [each for kind in kinds for each in mutants(kind, scenario, NUMBER)]


def whole() -> list[Mutant]:
    """Return everything that is seeded, judged: about a quarter of an hour."""
    return [each for scenario in sorted(FOLDERS) for each in all_of(scenario)]


def sample() -> Iterator[Mutant]:
    """Yield some defects of every kind, judged as far as is needed to see them."""
    for place, kind in enumerate(KINDS):
        for scenario in sorted(FOLDERS)[place % STRIDE :: STRIDE]:
            yield from mutants(kind, scenario, 1, is_lazy=True)
