"""Adds up over all plays at once: chances, numbers of plays, lengths, and ranges of points."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import or_

from elearning.scenario.model import ChoiceId, CompetencyId, CompetencyRule, Scenario
from elearning.scenario.play import begin
from elearning.scenario.prove.interned import NOWHERE
from elearning.scenario.prove.machine import Machine, Move
from elearning.scenario.prove.search import TooManyStates

_Values = tuple[int, ...]


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
    lows: _Values
    highs: _Values
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


class Sweeper:
    """Goes through the situations in an order in which every play before one has been counted."""

    def __init__(self, scenario: Scenario, machine: Machine, most_states: int) -> None:
        """Work out what each move does to the points, and what it gives an opportunity for."""
        self._machine = machine
        self._most_states = most_states
        self._rules = tuple(scenario.competencies.values())
        self._places = {rule.id: place for place, rule in enumerate(self._rules)}
        self._tests = tuple(self._tested_by(move) for move in machine.moves)
        self._start = begin(scenario)
        self._levels: dict[tuple[int, int], dict[int, Arrivals]] = {}
        self._queue: list[tuple[int, int]] = []
        self._arrivals: dict[int, Arrivals] = {}
        self._transitions = 0

    def sweep(self) -> Sweep:
        """Go through everything; raises `TooManyStates`."""
        start = self._machine.start()
        if start is None:
            return Sweep(self._machine, tuple(self._places), NOWHERE, {}, (), 0)
        self._arrive(start, self._at_start())
        ends: list[int] = []
        while self._queue:
            for situation, arrivals in self._levels.pop(heapq.heappop(self._queue)).items():
                self._arrivals[situation] = arrivals
                if len(self._arrivals) > self._most_states:
                    raise TooManyStates
                if not self._leave(situation, arrivals):
                    ends.append(situation)
        return Sweep(
            machine=self._machine,
            competencies=tuple(self._places),
            start=start,
            arrivals=self._arrivals,
            ends=tuple(ends),
            transitions=self._transitions,
        )

    def _leave(self, situation: int, arrivals: Arrivals) -> int:
        """Go on with every move; return how many there are."""
        offered, steps = self._machine.steps(situation)
        untested = arrivals.untested
        for move in self._machine.offered(situation):
            untested &= ~self._tests[move]
        for move, after in steps:
            self._transitions += 1
            self._arrive(after, self._after(arrivals, offered, untested, (situation, move)))
        return offered

    def _after(
        self, arrivals: Arrivals, offered: int, untested: int, before: tuple[int, int]
    ) -> Arrivals:
        move = self._machine.moves[before[1]]
        return Arrivals(
            chance=arrivals.chance / offered,
            plays=arrivals.plays,
            shortest=arrivals.shortest + 1,
            longest=arrivals.longest + 1,
            lows=self._points_after(arrivals.lows, move),
            highs=self._points_after(arrivals.highs, move),
            untested=untested,
            before=before,
        )

    def _arrive(self, situation: int, arrivals: Arrivals) -> None:
        order = self._machine.order(situation)
        level = self._levels.get(order)
        if level is None:
            level = self._levels[order] = {}
            heapq.heappush(self._queue, order)
        if situation in level:
            level[situation].join(arrivals)
        else:
            level[situation] = arrivals

    def _at_start(self) -> Arrivals:
        points = tuple(self._start.points[rule.id] for rule in self._rules)
        required = sum(1 << place for place, rule in enumerate(self._rules) if rule.cut is not None)
        return Arrivals(Fraction(1), 1, 0, 0, points, points, required, None)

    def _tested_by(self, move: Move) -> int:
        won = {each.competency for each in move.choice.effects if each.points > 0}
        return sum(1 << self._places[each] for each in won)

    def _points_after(self, values: _Values, move: Move) -> _Values:
        if not move.is_first or not move.choice.effects:
            return values
        rules = zip(self._rules, values, strict=True)
        return tuple(points_after(rule, points, move) for rule, points in rules)


def points_after(rule: CompetencyRule, points: int, move: Move) -> int:
    """Return the points for one competency after a move."""
    if move.is_first:
        for effect in move.choice.effects:
            if effect.competency == rule.id:
                points = max(rule.low, min(rule.high, points + effect.points))
    return points
