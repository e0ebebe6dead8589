"""What is known of all plays to a situation at once: chance, number, lengths, range of points."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import or_

from elearning.scenario.model import ChoiceId, CompetencyId
from elearning.scenario.prove.machine import Machine

Values = tuple[int, ...]


@dataclass(slots=True)
class Arrivals:
    """Every play that comes to one situation, taken together.

    `chance` is that of coming here under uniform random choice. `untested` has a bit for every
    competency that at least one of these plays had no opportunity to show.
    """

    chance: Fraction
    plays: int
    shortest: int
    longest: int
    lows: Values
    highs: Values
    untested: int
    before: tuple[int, int] | None

    def join(self, other: "Arrivals") -> None:
        """Take in more plays that come to the same situation."""
        self.chance += other.chance
        self.plays += other.plays
        self.longest = max(self.longest, other.longest)
        self.lows = tuple(map(min, self.lows, other.lows))
        self.highs = tuple(map(max, self.highs, other.highs))
        self.untested |= other.untested
        if other.shortest < self.shortest:
            self.shortest, self.before = other.shortest, other.before


@dataclass(frozen=True, slots=True)
class Sweep:
    """What adding up found; `ends` are the situations in which nothing can be chosen."""

    machine: Machine
    competencies: tuple[CompetencyId, ...]
    start: int
    arrivals: dict[int, Arrivals]
    ends: tuple[int, ...]
    transitions: int

    def chance(self, situations: Iterable[int]) -> Fraction:
        """Return the chance to come to one of these situations, of which none follows another."""
        return sum((self.arrivals[each].chance for each in situations), Fraction(0))

    def plays(self, situations: Iterable[int]) -> int:
        """Return how many plays come to these situations."""
        return sum(self.arrivals[each].plays for each in situations)

    def longest(self) -> int:
        """Return the number of choices in the longest play."""
        return max((self.arrivals[each].longest for each in self.ends), default=0)

    def shortest_play(self, situations: Iterable[int]) -> tuple[ChoiceId, ...]:
        """Return the choices of a shortest play that comes to one of these situations."""
        place = min(situations, key=lambda each: self.arrivals[each].shortest)
        moves: list[int] = []
        while (before := self.arrivals[place].before) is not None:
            place, move = before
            moves.append(move)
        return self.machine.choices(reversed(moves))

    def range(self, competency: CompetencyId, situations: Iterable[int]) -> tuple[int, int] | None:
        """Return the fewest and most points at these situations; None where there are none."""
        place = self.competencies.index(competency)
        found = [self.arrivals[each] for each in situations]
        if not found:
            return None
        return min(each.lows[place] for each in found), max(each.highs[place] for each in found)

    def leading_to(self, situations: Iterable[int]) -> frozenset[int]:
        """Return every situation from which one of these can be reached, themselves included."""
        found = set(situations)
        for situation in reversed(self.arrivals):
            if any(after in found for _, after in self.machine.onward(situation)):
                found.add(situation)
        return frozenset(found)

    def untested(self, situations: Iterable[int]) -> Iterator[CompetencyId]:
        """Yield the competencies that were untested in a play to one of these situations."""
        bits = reduce(or_, (self.arrivals[each].untested for each in situations), 0)
        for place, competency in enumerate(self.competencies):
            if bits >> place & 1:
                yield competency
