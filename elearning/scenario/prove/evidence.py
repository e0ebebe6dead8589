"""What the claims are judged by: every situation, and those from which a play can still pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from elearning.problem import Problem, as_warnings
from elearning.scenario.expression import Count
from elearning.scenario.ids import NodeId
from elearning.scenario.model import Scenario
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.arrivals import Sweep
from elearning.scenario.prove.formula import Atom, Topic, is_passed
from elearning.scenario.prove.machine import Machine
from elearning.scenario.prove.outlook import Outlook, outlooks
from elearning.scenario.prove.strategies import Spoken, StrategyResult, strategy_results
from elearning.scenario.prove.sweep import Sweeper

# An open A is never passed, and an open B at most once.
MOST_OPEN_B = 1
OPEN_A = Atom(Topic.COUNT, Count.OPEN_A, ">", 0)
OPEN_B = Atom(Topic.COUNT, Count.OPEN_B, ">", 0)
MORE_OPEN_B = Atom(Topic.COUNT, Count.OPEN_B, ">", MOST_OPEN_B)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that was added up about a scenario.

    `plays` goes over all plays, `passing` over those that can still pass; `passes` are the
    situations in which a play has ended with a pass.
    """

    parsed: Parsed
    outlooks: Mapping[NodeId, Outlook]
    plays: Sweep
    passing: Sweep
    passes: tuple[int, ...]
    strategies: tuple[StrategyResult, ...]
    most_states: int

    @property
    def scenario(self) -> Scenario:
        """Return the logic."""
        return self.parsed.scenario

    def problem(
        self, code: str, message: str, choices: Iterable[str] = (), line: int | None = None
    ) -> Problem:
        """Return a finding on a line of the source file, by default that of the pass rule."""
        return problem_in(self.parsed, code, message, choices, line)

    def warning(
        self, code: str, message: str, choices: Iterable[str] = (), line: int | None = None
    ) -> Problem:
        """Return what deserves another look; it breaks no claim."""
        return smell_in(self.parsed, code, message, choices, line)


def problem_in(
    parsed: Parsed, code: str, message: str, choices: Iterable[str] = (), line: int | None = None
) -> Problem:
    """Return a finding on a line of the source file, by default that of the pass rule."""
    place = parsed.head_lines["pass"] if line is None else line
    return Problem(parsed.source_file, place, code, message, choices=tuple(choices))


def smell_in(
    parsed: Parsed, code: str, message: str, choices: Iterable[str] = (), line: int | None = None
) -> Problem:
    """Return what deserves another look; it breaks no claim."""
    (found,) = as_warnings([problem_in(parsed, code, message, choices, line)])
    return found


def gather(parsed: Parsed, spoken: Spoken, most_states: int) -> Evidence:
    """Go over every play; raises `TooManyStates`."""
    scenario = parsed.scenario
    ahead = outlooks(scenario)
    watched = (OPEN_A, OPEN_B, MORE_OPEN_B)
    passing_machine = Machine(scenario, ahead, is_passed(scenario), watched)
    plays = Sweeper(scenario, Machine(scenario, ahead), most_states).sweep()
    passing = Sweeper(scenario, passing_machine, most_states).sweep()
    return Evidence(
        parsed=parsed,
        outlooks=ahead,
        plays=plays,
        passing=passing,
        passes=tuple(each for each in passing.ends if passing_machine.reaches_goal(each)),
        strategies=strategy_results(parsed, spoken),
        most_states=most_states,
    )
