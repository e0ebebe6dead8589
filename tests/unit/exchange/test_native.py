"""Writing our own files: reading them gives the same scenario."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.sources import content_root
from elearning.exchange.expression_text import expression_text
from elearning.exchange.native import native_files
from elearning.exchange.story import Story, story_of
from elearning.exchange.yaml_text import mapping, quoted, word
from elearning.problem import Findings
from elearning.scenario.expression import And, Expression, Implies, IsSet, Not, Or
from elearning.scenario.expression_parser import parse_expression
from elearning.scenario.ids import FlagId
from elearning.scenario.parse import parse_scenario
from elearning.scenario.registry_parser import parse_registry
from elearning.strict_yaml import Fields, Scalar, load
from tests.unit.exchange.stories import (
    harms_in,
    placed,
    read,
    slowly,
    stories,
    timeless,
)

FLAGS = st.sampled_from(["a", "b"]).map(lambda name: IsSet(FlagId(name), 1))


def trees(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pairs = st.sampled_from([And, Or, Implies])
    return st.builds(Not, inner) | st.builds(lambda kind, a, b: kind(a, b), pairs, inner, inner)


@slowly
@given(stories())
def test_what_was_written_is_read_as_the_same_scenario(story: Story) -> None:
    parsed = read(native_files(story))
    assert timeless(parsed.scenario) == timeless(story.scenario)
    assert harms_in(parsed.scenario) == harms_in(story.scenario)
    assert parsed.texts == story.texts


@slowly
@given(stories())
def test_writing_what_was_read_gives_the_same_files(story: Story) -> None:
    files = native_files(story)
    assert native_files(story_of(read(files), placed(files))) == files


@given(st.recursive(FLAGS, trees, max_leaves=12))
def test_an_expression_is_read_as_it_was_meant(expression: Expression) -> None:
    assert parse_expression(expression_text(expression)) == expression


@pytest.mark.parametrize(
    "text", ["a and b and not c", "(a or b) and c", "a implies b implies c", "(a implies b) or c"]
)
def test_an_expression_has_no_brackets_that_it_does_not_need(text: str) -> None:
    assert expression_text(parse_expression(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_yaml(text: str) -> None:
    findings = Findings("")
    # The longer name comes second, so that no text can make the two names one.
    name = text or "leeg"
    value = load(mapping({name: quoted(text), f"{name}2": "1"}), findings)
    assert isinstance(value, Fields)
    first, second = value.fields
    assert isinstance(first.value, Scalar)
    assert (first.key, first.value.value, second.key) == (name, text, f"{name}2")


@pytest.mark.parametrize("name", ["true", "null", "12", "2026-11-23", "", "a b", "x: y"])
def test_a_name_that_could_be_something_else_is_quoted(name: str) -> None:
    assert word(name).startswith('"')


def test_what_we_ship_means_the_same_after_being_written() -> None:
    root = content_root(None)
    registry, _ = parse_registry(root.read("scenarios/competencies.yaml"), "")
    for folder, files in root.folders("scenarios", "scenario.md").items():
        parsed = parse_scenario(files, registry).parsed
        assert parsed is not None
        written = native_files(story_of(parsed, files))
        there = {f"scenarios/{folder}/{name}": text for name, text in written.items()}
        again = parse_scenario(there, registry)
        assert again.problems == ()
        assert again.parsed is not None
        assert timeless(again.parsed.scenario) == timeless(parsed.scenario)
        assert harms_in(again.parsed.scenario) == harms_in(parsed.scenario)
        assert again.parsed.texts == parsed.texts
