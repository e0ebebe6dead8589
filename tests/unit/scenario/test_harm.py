"""A conversation shows every way in which kind people do harm; what is missing is named."""

from dataclasses import replace

import pytest

from elearning.scenario.harm import missing_harm
from elearning.scenario.model import Choice, HarmType, Kind
from elearning.scenario.parse import Parsed
from elearning.scenario.registry import Registry
from tests.unit.scenario.builders import (
    a_choice,
    a_node,
    a_registry,
    a_scenario,
    an_ending,
    an_error,
)

ALL_BUT_BLAME = tuple(each for each in HarmType if each is not HarmType.BLAME)


def a_registry_in_which_ce1_is_blame() -> Registry:
    registry = a_registry()
    errors = {
        name: replace(each, harms=(HarmType.BLAME,) if name == "CE1" else ())
        for name, each in registry.errors.items()
    }
    return replace(registry, errors=errors)


def missing(*choices: Choice, kind: Kind = Kind.CONVERSATION, is_draft: bool = False) -> list[str]:
    scenario = a_scenario(a_node("begin", *choices), an_ending(), errors=(an_error("CE1"),))
    scenario = replace(scenario, kind=kind, is_draft=is_draft)
    parsed = Parsed(scenario, {}, {"nl": "scenario.md"}, {}, {"id": 3})
    found = missing_harm(parsed, a_registry_in_which_ce1_is_blame())
    return [each.message.split()[3].rstrip(":") for each in found]


def tagged(*harms: HarmType) -> Choice:
    return replace(a_choice("woedend", "einde"), harms=harms)


def test_an_error_shows_the_harm_that_the_shared_file_gives_it() -> None:
    assert "blame" not in missing(a_choice("waarom", "einde", raises=("CE1",)))


def test_a_choice_without_an_error_says_itself_how_it_hurts() -> None:
    blame = a_choice("waarom", "einde", raises=("CE1",))
    assert missing(blame, tagged(*ALL_BUT_BLAME)) == []


@pytest.mark.parametrize("harm", HarmType)
def test_what_no_choice_shows_is_named(harm: HarmType) -> None:
    others = [each for each in HarmType if each is not harm]
    assert missing(tagged(*others)) == [harm]


@pytest.mark.parametrize("kind", [Kind.READING, Kind.CHECK])
def test_only_a_conversation_is_asked(kind: Kind) -> None:
    assert missing(tagged(), kind=kind) == []


def test_a_draft_is_not_asked_yet() -> None:
    assert missing(tagged(), is_draft=True) == []


def test_nothing_is_asked_where_no_error_says_how_it_hurts() -> None:
    scenario = a_scenario(a_node("begin", tagged()), an_ending())
    parsed = Parsed(scenario, {}, {"nl": "scenario.md"}, {}, {"id": 3})
    assert list(missing_harm(parsed, a_registry())) == []
