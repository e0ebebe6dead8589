"""Random scenarios and random plays through them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from elearning.scenario.model import Choice, ChoiceId, Node, Scenario, Severity
from elearning.scenario.play import begin, choose, offered
from tests.unit.scenario.builders import (
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    an_ending,
    an_error,
)

NODES = ("n0", "n1", "n2")
TARGETS = (*NODES, "einde")
FLAGS = ("gezegd", "gehoord")
POINTS: tuple[dict[str, int], ...] = ({}, {"C2": 2}, {"C2": 5, "C4": -1}, {"C4": 1}, {"C2": -3})
SETS: tuple[tuple[str, ...], ...] = ((), (), ("gezegd",), FLAGS)
ERRORS: tuple[tuple[str, ...], ...] = ((), (), ("CE1",), ("CE2",), ("CE1", "CE2"), ("CE5",))
GUARDS = (None, None, None, "gezegd", "not open(CE1)", "cut(C2)", "visited(n1)", "raised_A == 0")
LONGEST_PLAY = 12


@dataclass(frozen=True, slots=True)
class Play:
    """A scenario and choices that can be made in it, in this order."""

    scenario: Scenario
    path: tuple[ChoiceId, ...]


@st.composite
def made_choices(draw: st.DrawFn, name: str) -> Choice:
    """Draw one choice that may do anything."""
    return a_choice(
        name,
        draw(st.sampled_from(TARGETS)),
        points=draw(st.sampled_from(POINTS)),
        sets=draw(st.sampled_from(SETS)),
        raises=draw(st.sampled_from(ERRORS)),
        repairs=draw(st.sampled_from(ERRORS)),
        when=draw(st.sampled_from(GUARDS)),
        max_visits=draw(st.integers(1, 3)),
    )


@st.composite
def made_nodes(draw: st.DrawFn, name: str) -> Node:
    """Draw a node with one to three choices."""
    names = "abc"[: draw(st.integers(1, 3))]
    return a_node(
        name, *(draw(made_choices(each)) for each in names), sets=draw(st.sampled_from(SETS))
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a small scenario, loops, guards, repairs and fatal errors included."""
    return a_scenario(
        *(draw(made_nodes(name)) for name in NODES),
        an_ending(),
        competencies=(
            a_competency("C2", low=draw(st.integers(-2, 1)), high=4, cut=2),
            a_competency("C4", high=draw(st.integers(1, 6))),
        ),
        errors=(
            an_error("CE1", within=draw(st.integers(1, 3))),
            an_error("CE2", Severity.A, within=None),
            an_error("CE5", Severity.A, is_fatal=True),
        ),
        flags=FLAGS,
        passes_when=draw(st.sampled_from(["all_cuts", "open_A == 0 and open_B <= 1", "gezegd"])),
    )


@st.composite
def plays(draw: st.DrawFn) -> Play:
    """Draw a scenario and a walk through it."""
    scenario = draw(scenarios())
    position = begin(scenario)
    for _ in range(draw(st.integers(0, LONGEST_PLAY))):
        choices = offered(scenario, position)
        if not choices:
            break
        position = choose(scenario, position, draw(st.sampled_from(choices)).id)
    return Play(scenario, position.path)
