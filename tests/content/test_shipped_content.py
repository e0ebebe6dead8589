"""Every module and scenario that is shipped: nothing blocks it, and its rules do what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from elearning.content.library import Library, Playable, load_library, read_everything
from elearning.content.sources import content_root
from elearning.learning.training import ModulePart, ScenarioPart
from elearning.problem import ProblemSeverity
from elearning.scenario.ids import ScenarioId
from elearning.scenario.model import Choice, GuessPassAtMost, Kind, Scenario, Severity
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.position import IncidentState, Position
from elearning.scenario.score import result
from elearning.web.factory import ADDRESSES
from elearning.yaml_fields import LANGUAGES
from tests.content.guessing import chance_to_pass
from tests.practice_content import TALK, practice_library
from tests.web.page_rules import TELLING_WORDS

ROOT = content_root(None)
OVERLAY = ROOT.path / "modules/directory/institution.demo.yaml"
NAMES = sorted(ROOT.folders("scenarios", "scenario.md"))
MOST_GUESSED = 0.02
# Their plays take half of the time of all; `make slow` counts them as well.
MANY_PLAYS = {
    *("s04-zeventien", "s06-zaal", "s09-excursie", "s09-excursie-lezen", "s11-collega-lezen"),
    "s12-tweede-keer",
}
Policy = Callable[[Scenario, Position], Choice]


@pytest.fixture(scope="module")
def library() -> Library:
    """Return everything that is shipped."""
    return load_library(ROOT, OVERLAY, ADDRESSES)


@pytest.fixture(params=NAMES)
def playable(request: pytest.FixtureRequest, library: Library) -> Playable:
    """Return each scenario in turn."""
    return library.scenarios[ScenarioId(request.param)]


@pytest.fixture
def scenario(playable: Playable) -> Scenario:
    """Return the logic of each scenario in turn."""
    return playable.scenario


def test_nothing_blocks_publication_in_any_situation() -> None:
    found = read_everything(ROOT, OVERLAY, ADDRESSES, known={})
    assert [each for each in found.problems if each.severity is ProblemSeverity.ERROR] == []
    assert found.library is not None
    assert set(found.library.scenarios) == set(NAMES)


def test_every_conversation_that_counts_can_be_read_instead(library: Library) -> None:
    conversations = {
        each.scenario.id
        for each in library.scenarios.values()
        if each.scenario.kind is Kind.CONVERSATION
    }
    assert len(conversations) > 12
    ways = [
        set(each)
        for training in library.trainings.values()
        for part in training.parts
        if isinstance(part, ScenarioPart)
        for each in part.pool
    ]
    counted = {
        conversation for conversation in conversations for way in ways if conversation in way
    }
    # Variants of a story are there to refresh with; nothing depends on them.
    assert {each for each in conversations - counted if not each.startswith("v")} == set()
    for conversation in counted:
        others = {other for way in ways if conversation in way for other in way}
        assert {library.scenarios[each].scenario.kind for each in others} == {
            Kind.CONVERSATION,
            Kind.READING,
        }


def test_both_languages_hold_the_same_nodes_and_choices(playable: Playable) -> None:
    wanted = {
        node.id: {choice.id for choice in node.choices} for node in playable.scenario.nodes.values()
    }
    assert set(playable.texts) == set(LANGUAGES)
    for text in playable.texts.values():
        assert {node: set(words.choices) for node, words in text.nodes.items()} == wanted
        assert set(text.speakers) == set(playable.texts[playable.scenario.source_lang].speakers)


def test_no_text_is_empty_or_the_same_in_both_languages(playable: Playable) -> None:
    nl, en = (playable.texts[lang] for lang in LANGUAGES)
    for node_id, node in nl.nodes.items():
        assert node.body.strip()
        assert node.body != en.nodes[node_id].body, node_id
        for choice_id, words in node.choices.items():
            other = en.nodes[node_id].choices[choice_id]
            assert words.why.strip()
            assert words.why != other.why, f"{node_id}/{choice_id}"
            assert (words.felt is None) == (other.felt is None), f"{node_id}/{choice_id}"


def test_every_module_has_the_same_pages_and_checks_in_both_languages(library: Library) -> None:
    for served in library.modules.values():
        for page in served.module.pages:
            assert set(page.title) == set(page.body) == set(LANGUAGES)
            for option in page.check.options if page.check is not None else ():
                assert set(option.text) == set(option.why) == set(LANGUAGES)


def test_no_title_tells_a_browser_tab_what_it_is_about(library: Library) -> None:
    modules = [served.module for served in library.modules.values()]
    titles = [title for module in modules for title in module.title.values()]
    titles += [title for each in modules for page in each.pages for title in page.title.values()]
    titles += [text.title for each in library.scenarios.values() for text in each.texts.values()]
    assert [each for each in titles for word in TELLING_WORDS if word in each.lower()] == []


def test_the_best_choices_pass_without_any_error(scenario: Scenario) -> None:
    found = result(scenario, played(scenario, begin(scenario), best))
    assert found.passed
    assert found.incidents == ()


def test_the_worst_choices_do_not_pass(scenario: Scenario) -> None:
    assert not result(scenario, played(scenario, begin(scenario), worst)).passed


def test_an_error_that_is_put_right_at_once_is_closed(scenario: Scenario) -> None:
    for slip in slips(scenario):
        for repairing in choose_all(scenario, slip, lambda each: bool(each.repairs)):
            (first, *_) = repairing.incidents
            is_meant = first.error in last_choice(scenario, slip, repairing).repairs
            if is_meant and first.state is not IncidentState.FATAL:
                assert first.state is IncidentState.REPAIRED


def test_a_grave_error_that_is_not_put_right_never_passes(scenario: Scenario) -> None:
    for slip in slips(scenario):
        found = result(scenario, played(scenario, slip, best_without_repair))
        errors = [scenario.errors[each.error] for each in slip.incidents]
        is_grave = any(each.severity is Severity.A or each.is_fatal for each in errors)
        if is_grave and not any(each.is_repaired for each in found.incidents):
            assert not found.passed, slip.path


def test_some_grave_error_can_be_put_right_and_still_passes(scenario: Scenario) -> None:
    grave = [slip for slip in slips(scenario) if is_repairable(scenario, slip)]
    if scenario.kind is Kind.CONVERSATION:
        assert grave
    ends = [result(scenario, played(scenario, slip, best)) for slip in grave]
    assert any(end.passed and end.repaired_a for end in ends) or not grave


@pytest.mark.parametrize(
    "playable",
    [pytest.param(name, marks=pytest.mark.slow if name in MANY_PLAYS else ()) for name in NAMES],
    indirect=True,
)
def test_who_guesses_hardly_ever_passes(scenario: Scenario) -> None:
    declared = [
        float(each.probability)
        for each in scenario.obligations
        if isinstance(each, GuessPassAtMost)
    ]
    chance = chance_to_pass(scenario)
    assert 0 < chance <= min(MOST_GUESSED, *declared)


def test_merging_plays_leaves_the_chance_as_it_is(tmp_path: Path) -> None:
    scenario = practice_library(tmp_path / "content").scenario(TALK).scenario
    assert chance_to_pass(scenario) == pytest.approx(by_all_paths(scenario, begin(scenario)))


def by_all_paths(scenario: Scenario, position: Position) -> float:
    """Return the chance to pass from a position, along every path."""
    if is_over(scenario, position):
        return float(result(scenario, position).passed)
    choices = offered(scenario, position)
    return sum(
        by_all_paths(scenario, choose(scenario, position, each.id)) for each in choices
    ) / len(choices)


def played(scenario: Scenario, position: Position, policy: Policy) -> Position:
    """Return where a play ends that goes on by a policy."""
    while not is_over(scenario, position):
        position = choose(scenario, position, policy(scenario, position).id)
    return position


def best(scenario: Scenario, position: Position) -> Choice:
    """Return what puts an error right, or else raises none and gives most points."""
    still_open = {each.error for each in position.incidents if not each.is_repaired}
    return max(
        offered(scenario, position),
        key=lambda each: (bool(still_open & set(each.repairs)), not each.raises, points(each)),
    )


def best_without_repair(scenario: Scenario, position: Position) -> Choice:
    """Return the best choice that puts nothing right, where there is one."""
    return max(
        offered(scenario, position),
        key=lambda each: (not each.repairs, not each.raises, points(each)),
    )


def worst(scenario: Scenario, position: Position) -> Choice:
    """Return what gives the fewest points and raises most."""
    return min(offered(scenario, position), key=lambda each: (points(each), -len(each.raises)))


def points(choice: Choice) -> int:
    """Return what a choice gives."""
    return sum(effect.points for effect in choice.effects) + len(choice.sets)


def slips(scenario: Scenario) -> Iterator[Position]:
    """Yield the best play up to each turn, with one error at its end."""
    position = begin(scenario)
    while not is_over(scenario, position):
        yield from choose_all(scenario, position, lambda each: bool(each.raises))
        position = choose(scenario, position, best(scenario, position).id)


def choose_all(
    scenario: Scenario, position: Position, wanted: Callable[[Choice], bool]
) -> Iterator[Position]:
    """Yield where each choice that is wanted leads."""
    for each in offered(scenario, position):
        if wanted(each):
            yield choose(scenario, position, each.id)


def last_choice(scenario: Scenario, before: Position, after: Position) -> Choice:
    """Return the choice that led from one position to the next."""
    choices = scenario.nodes[before.node_id].choices
    return next(each for each in choices if each.id == after.path[-1])


def is_repairable(scenario: Scenario, slip: Position) -> bool:
    """Say whether a grave error was just made that can be put right at once."""
    is_grave = any(
        scenario.errors[each.error].severity is Severity.A and each.state is IncidentState.OPEN
        for each in slip.incidents
    )
    errors = {each.error for each in slip.incidents}
    return is_grave and any(errors & set(each.repairs) for each in offered(scenario, slip))


def test_a_training_says_how_long_it_takes_in_all(library: Library) -> None:
    for training in library.trainings.values():
        minutes = sum(
            library.module(part.module_id).module.minutes
            if isinstance(part, ModulePart)
            else max(library.scenario(each).scenario.minutes for each in part.any_of)
            for part in training.parts
        )
        assert training.study_load_minutes == minutes, training.id
