"""Scenarios larger than any that is shipped: one that is proved, one that is beyond the cap."""

from dataclasses import replace
from itertools import chain

from elearning.scenario.model import Choice, EndingKind, Node, Severity
from elearning.scenario.parse import Parsed
from tests.unit.scenario.builders import (
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    an_ending,
    an_error,
)
from tests.unit.scenario.provable import parsed_of
from tests.unit.scenario.sound import always, guess_at_most, with_duties

MOMENTS = 18
COMPETENCIES = tuple(f"C{number}" for number in range(1, 7))
FLAGS = tuple(f"vlag_{number}" for number in range(8))
ERRORS = tuple(
    an_error(f"CE{number}", Severity.A if number % 2 else Severity.B) for number in range(8)
)
TANGLED_NODES = 60


def a_large_scenario() -> Parsed:
    """Return 60 nodes, 8 flags, 6 competencies and 8 errors, built as authors are asked to.

    At each moment one option is right, two make an error that the next node lets repair, and one is
    vague. Every competency is tested at three moments that lie apart.
    """
    scenario = a_scenario(
        a_node("begin", a_choice("door", "aanloop"), a_choice("kort", "moment_0")),
        a_node("aanloop", a_choice("door", "moment_0")),
        *chain.from_iterable(_moment(number) for number in range(MOMENTS)),
        a_node(
            "slot",
            a_choice("goed", "einde_goed", when="open_B == 0"),
            a_choice("anders", "einde_ok", when="open_B > 0"),
        ),
        an_ending("einde_goed"),
        an_ending("einde_ok", EndingKind.OK),
        an_ending("einde_gemist", EndingKind.MISSED),
        competencies=tuple(a_competency(name, high=6, cut=4) for name in COMPETENCIES),
        errors=ERRORS,
        flags=FLAGS,
        passes_when="all_cuts and open_A == 0 and open_B <= 1 and " + " and ".join(FLAGS),
    )
    duties = [replace(always(f"passed implies {flag}"), id=flag) for flag in FLAGS]
    good = always("visited(einde_goed) implies open_B == 0")
    return parsed_of(with_duties(scenario, *duties, good, guess_at_most(2)))


def a_tangled_scenario() -> Parsed:
    """Return a scenario in which every choice counts for another competency: nothing merges."""
    nodes = [_knot(number) for number in range(TANGLED_NODES - 1)]
    scenario = a_scenario(
        *nodes,
        an_ending(f"knoop_{TANGLED_NODES - 1}"),
        competencies=tuple(a_competency(name, high=20, cut=10) for name in COMPETENCIES),
    )
    return parsed_of(scenario)


def _moment(number: int) -> tuple[Node, ...]:
    name, then = f"moment_{number}", f"moment_{number + 1}" if number + 1 < MOMENTS else "slot"
    competency = COMPETENCIES[number * 5 % len(COMPETENCIES)]
    sets = FLAGS[number : number + 1]
    first, second = ERRORS[number % 8].id, ERRORS[(number * 3 + 1) % 8].id
    options = (
        a_choice("goed", then, points={competency: 2}, sets=sets),
        a_choice("fout", f"{name}_fout", raises=(first,)),
        a_choice("mis", f"{name}_mis", raises=(second,)),
        a_choice("vaag", then),
    )
    turn = number % len(options)
    lost = "einde_gemist" if number % 3 == 0 else then

    def repair(error: str) -> tuple[Choice, ...]:
        right = a_choice("herstel", then, points={competency: 1}, sets=sets, repairs=(error,))
        return a_choice("door", then), right, a_choice("weg", lost)

    return (
        a_node(name, *options[turn:], *options[:turn]),
        a_node(f"{name}_fout", *repair(first)),
        a_node(f"{name}_mis", *repair(second)),
    )


def _knot(number: int) -> Node:
    then = f"knoop_{number + 1}"
    return a_node(
        f"knoop_{number}",
        *(a_choice(name, then, points={name: 1}) for name in COMPETENCIES),
    )
