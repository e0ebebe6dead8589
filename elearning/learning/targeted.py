"""What helps most with skills that were not reached yet: a few things to read or to practise."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from elearning.scenario.ids import CompetencyId


@dataclass(frozen=True, slots=True)
class Trains:
    """Something that can be read or practised, and the competencies that it trains."""

    id: str
    competencies: frozenset[CompetencyId]


def most_helpful(
    missed: AbstractSet[CompetencyId], offers: Iterable[Trains], *, at_most: int
) -> tuple[str, ...]:
    """Return what covers most of what was missed, the most helpful first.

    Each next one covers most of what is then still uncovered; of equals, the narrower one comes
    first, because it stays closer to what was missed, and then the earlier one.
    """
    left, waiting, chosen = set(missed), list(offers), list[str]()
    while left and len(chosen) < at_most:
        best = min(
            waiting,
            key=lambda each: (-len(each.competencies & left), len(each.competencies)),
            default=None,
        )
        if best is None or not best.competencies & left:
            break
        chosen.append(best.id)
        waiting.remove(best)
        left -= best.competencies
    return tuple(chosen)
