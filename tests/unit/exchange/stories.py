"""Random whole scenarios, words in two languages included, and what they are compared by."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from elearning.exchange.arrival import Arrival
from elearning.exchange.story import NOTHING_ACCEPTED, Story
from elearning.scenario.expression import NEVER
from elearning.scenario.model import (
    Always,
    Ask,
    Audience,
    Before,
    ChoiceId,
    ChoiceText,
    ErrorId,
    FlagId,
    GuessPassAtMost,
    HarmType,
    Kind,
    Medium,
    Node,
    NodeId,
    NodeText,
    Obligation,
    Scenario,
    ScenarioId,
    ScenarioText,
    Severity,
    SpeakerId,
)
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.registry import Registry
from tests.unit.scenario.builders import a_registry
from tests.unit.scenario.strategies import scenarios

FOLDER: Final = "scenarios/s00-spreekuur"
NOOR: Final = SpeakerId("noor")
COLLEAGUE: Final = SpeakerId("collega")
# A whole scenario is drawn from some hundred small draws.
slowly: Final = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# What must be the same in every language, or would begin another part of the file.
_MEANS_MORE: Final = re.compile(r"\{\{|\}\}|\]\(|^## |^~~~|\r", re.MULTILINE)

said = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip()) and not _MEANS_MORE.search(text)
)
bodies = (
    st.lists(said, min_size=1, max_size=3)
    .map("\n".join)
    .map(str.strip)
    .filter(lambda text: bool(text) and not _MEANS_MORE.search(text))
)


def _has_an_end(bound: GuessPassAtMost) -> bool:
    """Say whether a bound can be written as a decimal, as every bound that was read can."""
    return 8 % bound.probability.denominator == 0


harms = st.lists(st.sampled_from(HarmType), unique=True, max_size=2).map(tuple)
bounds = st.fractions(0, 1, max_denominator=8).map(lambda each: GuessPassAtMost("S3", each, 1))
known: st.SearchStrategy[Obligation] = st.sampled_from(
    [Before("P3", FlagId("gezegd"), FlagId("gehoord"), 1), Always("P 1", NEVER, 1)]
)
obligations = st.lists(known | bounds.filter(_has_an_end), unique_by=lambda each: each.id)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a scenario with everything that a file can hold, in Dutch and English."""
    drawn = draw(scenarios())
    kind, is_draft = draw(st.sampled_from(Kind)), draw(st.booleans())
    usual = Ask.SAY if kind is Kind.CONVERSATION else Ask.ANSWER
    nodes = {
        node.id: replace(
            node,
            speaker=draw(st.sampled_from([NOOR, NOOR, COLLEAGUE])),
            ask=draw(st.sampled_from([usual, usual, Ask.DO])),
            medium=draw(st.sampled_from(Medium)),
            learn=draw(st.sampled_from([None, "m4/luisteren", "een pagina: 2"])),
            choices=tuple(replace(each, harms=draw(harms)) for each in node.choices),
        )
        for node in drawn.nodes.values()
    }
    scenario = replace(
        drawn,
        kind=kind,
        is_draft=is_draft,
        nodes=nodes,
        persona=NOOR,
        medium=draw(st.sampled_from(Medium)),
        audience=tuple(draw(st.lists(st.sampled_from(Audience), unique=True))),
        obligations=tuple(draw(obligations)),
        pass_rule=NEVER if is_draft and draw(st.booleans()) else drawn.pass_rule,
    )
    texts = {lang: draw(words_of(scenario, lang)) for lang in ("nl", "en")}
    return Story(scenario, texts, {"en": NOTHING_ACCEPTED})


@st.composite
def words_of(draw: st.DrawFn, scenario: Scenario, lang: str) -> ScenarioText:
    """Draw the words of a scenario, as few as it may have."""
    is_whole = scenario.kind is Kind.CONVERSATION and not scenario.is_draft
    general = said if is_whole else said | st.just("")
    return ScenarioText(
        lang=lang,
        title=draw(said),
        content_note=draw(general),
        setting=draw(general),
        goal=draw(said | st.just("") if scenario.is_draft else said),
        speakers={NOOR: draw(said), COLLEAGUE: draw(said)},
        nodes={node.id: draw(_node_words(scenario, node)) for node in scenario.nodes.values()},
    )


@st.composite
def _node_words(draw: st.DrawFn, scenario: Scenario, node: Node) -> NodeText:
    why = said | st.just("") if scenario.is_draft else said
    choices = {
        each.id: ChoiceText(draw(said), "Goed." if _has_felt(scenario) else None, draw(why))
        for each in node.choices
    }
    return NodeText(draw(bodies), choices)


def _has_felt(scenario: Scenario) -> bool:
    return scenario.kind is Kind.CONVERSATION and not scenario.is_draft


def the_registry() -> Registry:
    """Return the names that random scenarios use."""
    registry = a_registry()
    known = next(iter(registry.errors.values()))
    severities = {"CE1": Severity.B, "CE2": Severity.A, "CE5": Severity.A}
    errors = [replace(known, id=ErrorId(e), severity=s) for e, s in severities.items()]
    return replace(registry, errors={each.id: each for each in errors})


def an_arrival(name: str = "s00-spreekuur", file: str = "verhaal.twee") -> Arrival:
    """Return a file that comes in under the id of the random scenarios."""
    return Arrival(file, ScenarioId(name), "nl", the_registry())


def placed(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a scenario by the path that they stand on."""
    return {f"{FOLDER}/{name}": text for name, text in files.items()}


def read(files: Mapping[str, str], registry: Registry | None = None) -> Parsed:
    """Return the scenario in these files, which must be fit to play."""
    outcome = parse_scenario(placed(files), registry or the_registry())
    assert outcome.parsed is not None, outcome.problems
    return outcome.parsed


def harms_in(scenario: Scenario) -> dict[tuple[NodeId, ChoiceId], tuple[HarmType, ...]]:
    """Return how each choice hurts, which makes no difference when scenarios are compared."""
    nodes = scenario.nodes.values()
    return {(node.id, each.id): each.harms for node in nodes for each in node.choices}


def timeless(scenario: Scenario) -> Scenario:
    """Return the scenario without what depends on where it stands in a file."""
    nodes = {
        node.id: replace(
            node, line=0, choices=tuple(replace(each, line=0) for each in node.choices)
        )
        for node in scenario.nodes.values()
    }
    proofs = tuple(replace(each, line=0) for each in scenario.obligations)
    return replace(scenario, nodes=nodes, obligations=proofs, version="", structure="")
