"""Random scenarios that are small enough to be played out, with obligations of every kind."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from elearning.problem import Problem
from elearning.scenario.expression_parser import parse_expression
from elearning.scenario.model import (
    Always,
    Before,
    Choice,
    ChoiceId,
    EndingKind,
    FlagId,
    GuessPassAtMost,
    Node,
    Obligation,
    Scenario,
    Severity,
)
from elearning.scenario.parse import Parsed
from elearning.scenario.play import replay
from elearning.scenario.position import Position
from tests.unit.scenario.builders import (
    LINE,
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    an_ending,
    an_error,
)

BACK = 0.1
GUARDED = 0.2
FLAGS = ("gezegd", "gehoord")
COMPETENCIES = ("C2", "C4")
ENDINGS = ("goed", "gemist")
POINTS: tuple[dict[str, int], ...] = (
    {},
    {},
    {"C2": 1},
    {"C2": 3},
    {"C4": 1},
    {"C2": -1, "C4": 2},
    {"C2": 2, "C4": -2},
)
SETS: tuple[tuple[str, ...], ...] = ((), (), (), ("gezegd",), ("gehoord",), FLAGS)
ERRORS: tuple[tuple[str, ...], ...] = ((), (), (), ("CE1",), ("CE2",), ("CE1", "CE3"), ("CE5",))
REPAIRS: tuple[tuple[str, ...], ...] = ((), (), ("CE1",), ("CE2",), ("CE1", "CE2", "CE3"), ("CE5",))
GUARDS = (
    "gezegd",
    "not gehoord",
    "not open(CE1)",
    "repaired(CE1) or gezegd",
    "cut(C2)",
    "not all_cuts",
    "visited(n2)",
    "raised_A == 0",
    "open_B <= 1",
    "open_B != 1",
    "repaired_A >= 1 implies raised(CE2)",
)
RULES = (
    "all_cuts",
    "gezegd",
    "open_A == 0 and open_B <= 1",
    "all_cuts and open_A == 0 and open_B <= 1 and gezegd",
    "cut(C2) or gehoord and not raised(CE1)",
    "raised_A <= 1 and not visited(n1)",
    "repaired_B > 0 or not (all_cuts or gehoord)",
)
ALWAYS = (
    "passed implies gezegd",
    "passed implies open_A == 0",
    "not passed implies visited(n1)",
    "visited(goed) implies open_B == 0",
    "gehoord implies cut(C4) or raised_B < 2",
    "open(CE2) implies raised(CE2) and not repaired(CE1)",
    "not (all_cuts and open_B == 1)",
)


@st.composite
def provable(draw: st.DrawFn) -> Parsed:
    """Draw a scenario as the parser would give it, without words."""
    return provable_from(Random(draw(st.integers(0, 2**32))))  # noqa: S311 - not for secrets


def provable_from(random: Random) -> Parsed:
    """Make a scenario from chance: hypothesis itself would mostly draw the very simplest."""
    last = random.randint(2, 8)
    scenario = a_scenario(
        *(_node(random, place, last) for place in range(last)),
        an_ending("goed"),
        an_ending("gemist", EndingKind.MISSED),
        *(() if last > 2 else (an_ending("n2"),)),
        competencies=(
            a_competency("C2", low=random.randint(-2, 0), high=4, cut=random.randint(1, 3)),
            a_competency("C4", high=3, cut=random.choice((None, 1, 2))),
        ),
        errors=(
            an_error("CE1", within=random.randint(1, 3)),
            an_error("CE2", Severity.A, within=random.choice((None, 1, 2))),
            an_error("CE3", within=1),
            an_error("CE5", Severity.A, is_fatal=True),
        ),
        flags=FLAGS,
        passes_when=random.choice(RULES),
    )
    return parsed_of(replace(scenario, obligations=_obligations(random)))


def parsed_of(scenario: Scenario) -> Parsed:
    """Return the scenario as the parser would give it, without words."""
    return Parsed(scenario, {}, {"nl": "scenario.md"}, {}, {"pass": LINE, "start": LINE})


def shown_by(parsed: Parsed, problem: Problem) -> Position:
    """Return the position that the counterexample of a problem leads to."""
    return replay(parsed.scenario, [ChoiceId(each) for each in problem.choices])


def _node(random: Random, place: int, last: int) -> Node:
    names = "abc"[: random.choice((1, 2, 3, 3, 3))]
    choices = (_choice(random, name, place, last) for name in names)
    return a_node(f"n{place}", *choices, sets=random.choice(SETS))


def _choice(random: Random, name: str, place: int, last: int) -> Choice:
    """Make a choice that mostly leads on, and now and then back."""
    forward = [*(f"n{each}" for each in range(place + 1, last)), *ENDINGS]
    back = [f"n{each}" for each in range(place + 1)]
    return a_choice(
        name,
        random.choice(back if random.random() < BACK else forward[:2]),
        points=random.choice(POINTS),
        sets=random.choice(SETS),
        raises=random.choice(ERRORS),
        repairs=random.choice(REPAIRS),
        when=random.choice(GUARDS) if random.random() < GUARDED else None,
        max_visits=random.choice((1, 1, 1, 2)),
    )


def _obligations(random: Random) -> tuple[Obligation, ...]:
    earlier, later = random.sample(FLAGS, 2)
    return (
        Always("P1", parse_expression(random.choice(ALWAYS)), LINE),
        Before("P2", FlagId(earlier), FlagId(later), LINE),
        GuessPassAtMost("S3", Fraction(random.randint(0, 30), 100), LINE),
    )
