"""A scenario of which every claim holds, to break one claim at a time."""

from dataclasses import replace
from fractions import Fraction

from elearning.problem import Problem, ProblemSeverity
from elearning.scenario.expression_parser import parse_expression
from elearning.scenario.model import (
    Always,
    Before,
    Choice,
    EndingKind,
    FlagId,
    GuessPassAtMost,
    Node,
    NodeId,
    Obligation,
    Scenario,
)
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.prover import prove
from tests.unit.scenario.builders import (
    LINE,
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    an_ending,
    an_error,
)
from tests.unit.scenario.provable import parsed_of

RULE = "all_cuts and open_A == 0 and open_B <= 1 and gezegd"


def a_sound_scenario() -> Scenario:
    """Return three decisions of which one in four is right, and an error with its repair."""
    return a_scenario(
        a_node(
            "een",
            a_choice("vaag", "twee"),
            a_choice("goed", "twee", points={"C2": 1}),
            a_choice("fout", "schrikt", raises=("CE1",)),
            a_choice("later", "twee"),
        ),
        a_node("schrikt", a_choice("door", "twee"), a_choice("herstel", "twee", repairs=("CE1",))),
        _decision("twee", "drie"),
        _decision("drie", "einde", sets=("gezegd",)),
        an_ending("einde", EndingKind.OK),
        competencies=(a_competency("C2", high=3, cut=3),),
        errors=(an_error("CE1"),),
        flags=("gezegd",),
        passes_when=RULE,
    )


def _decision(name: str, to: str, *, sets: tuple[str, ...] = ()) -> Node:
    return a_node(
        name,
        a_choice("vaag", to),
        a_choice("goed", to, points={"C2": 1}, sets=sets),
        a_choice("anders", to),
        a_choice("later", to),
    )


def with_choice(scenario: Scenario, node: str, choice: Choice) -> Scenario:
    """Return the scenario with a choice added to a node, or put in place of the one of its id."""
    found = scenario.nodes[NodeId(node)]
    kept = [each for each in found.choices if each.id != choice.id]
    place = next((i for i, each in enumerate(found.choices) if each.id == choice.id), len(kept))
    changed = replace(found, choices=(*kept[:place], choice, *kept[place:]))
    return replace(scenario, nodes={**scenario.nodes, found.id: changed})


def with_node(scenario: Scenario, node: Node) -> Scenario:
    """Return the scenario with a node added."""
    return replace(scenario, nodes={**scenario.nodes, node.id: node})


def with_flag(scenario: Scenario, flag: str) -> Scenario:
    """Return the scenario with one more flag to set."""
    return replace(scenario, flags=(*scenario.flags, FlagId(flag)))


def with_rule(scenario: Scenario, text: str) -> Scenario:
    """Return the scenario with another pass rule."""
    return replace(scenario, pass_rule=parse_expression(text))


def with_duties(scenario: Scenario, *duties: Obligation) -> Scenario:
    """Return the scenario with other obligations."""
    return replace(scenario, obligations=duties)


def always(text: str) -> Always:
    """Return what must hold at every moment."""
    return Always("P1", parse_expression(text), LINE)


def before(earlier: str, later: str) -> Before:
    """Return an order of two flags."""
    return Before("P3", FlagId(earlier), FlagId(later), LINE)


def guess_at_most(percent: int) -> GuessPassAtMost:
    """Return a bound on the chance that random choice passes."""
    return GuessPassAtMost("S3", Fraction(percent, 100), LINE)


def found_in(scenario: Scenario | Parsed) -> list[tuple[str, tuple[str, ...]]]:
    """Return the code and the counterexample of everything that does not hold."""
    return [(each.code, each.choices) for each in problems_of(scenario)]


def problems_of(scenario: Scenario | Parsed) -> tuple[Problem, ...]:
    """Return everything that does not hold."""
    return _of_severity(scenario, ProblemSeverity.ERROR)


def smells_in(scenario: Scenario) -> tuple[Problem, ...]:
    """Return everything that holds and deserves another look."""
    return _of_severity(scenario, ProblemSeverity.WARNING)


def _of_severity(scenario: Scenario | Parsed, severity: ProblemSeverity) -> tuple[Problem, ...]:
    parsed = parsed_of(scenario) if isinstance(scenario, Scenario) else scenario
    return tuple(each for each in prove(parsed).problems if each.severity is severity)
