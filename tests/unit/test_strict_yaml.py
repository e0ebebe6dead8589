"""Strict YAML: what a value means, and what is refused on which line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.problem import Findings
from elearning.strict_yaml import (
    DEEPEST_NESTING,
    LONGEST_TEXT,
    Fields,
    Items,
    Located,
    Scalar,
    Value,
    load,
)


def read(text: str, first_line: int = 1) -> tuple[Located | None, list[tuple[str, int]]]:
    """Return the value with the code and line of each problem."""
    findings = Findings("bestand.yaml")
    value = load(text, findings, first_line)
    return value, [(each.code, each.line) for each in findings.found]


def scalar(text: str) -> Value:
    """Return the value of `key: text`."""
    value, problems = read(f"key: {text}")
    assert problems == []
    assert isinstance(value, Fields)
    found = value.fields[0].value
    assert isinstance(found, Scalar)
    return found.value


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "off", "y", "12:30", "0800", "1e3", "0x10", "1_000", "0.02", "True"]
)
def test_what_only_yaml_takes_for_something_else_stays_text(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+2", 2),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-13-23", "2026-13-23"),
        ('"12"', "12"),
        ("'true'", "true"),
        ('"2026-11-23"', "2026-11-23"),
    ],
)
def test_whole_numbers_dates_and_three_words_are_values_unless_quoted(
    text: str, value: Value
) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_every_key_item_and_value_knows_its_line() -> None:
    value, _ = read("a: 1\nb:\n  - x\n  - y:\n      2\n", first_line=10)
    assert isinstance(value, Fields)
    assert [each.line for each in value.fields] == [10, 11]
    items = value.fields[1].value
    assert isinstance(items, Items)
    assert [each.line for each in items.items] == [12, 13]
    inner = items.items[1]
    assert isinstance(inner, Fields)
    assert inner.fields[0].value.line == 14


def test_a_key_that_stands_twice_is_reported_and_the_first_one_counts() -> None:
    value, problems = read("a: 1\nb: 2\na: 3")
    assert problems == [("Y1", 3)]
    assert isinstance(value, Fields)
    assert [(each.key, each.line) for each in value.fields] == [("a", 1), ("b", 2)]


def test_anchors_aliases_and_tags_are_all_reported_at_once() -> None:
    _, problems = read("a: &x 1\nb: *x\nc: !!str 2\nd: !python/name:os.system x")
    assert problems == [("Y2", 1), ("Y2", 2), ("Y2", 3), ("Y2", 4)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1, 2", 1), ("a: 1\n b: 2", 2), ('a: "open', 1), ("a: 1\n---\nb: 2", 2), ("a: \x01", 1)],
)
def test_broken_syntax_is_one_problem_on_a_line_of_the_text(text: str, line: int) -> None:
    value, problems = read(text, first_line=5)
    assert value is None
    assert [code for code, _ in problems] == ["Y0"]
    assert 5 + line - 1 <= problems[0][1] <= 5 + text.count("\n") + 1


def test_an_empty_text_is_an_empty_mapping() -> None:
    assert read("\n# only a remark\n") == (Fields((), 1), [])


def test_a_key_must_be_a_single_word() -> None:
    assert read("? [a, b]\n: 1")[1] == [("Y5", 1)]


def test_a_text_that_is_too_long_or_too_deep_is_refused() -> None:
    assert read("a" * (LONGEST_TEXT + 1))[1] == [("Y0", 1)]
    assert read("[" * (DEEPEST_NESTING + 2) + "]" * (DEEPEST_NESTING + 2))[1] == [("Y0", 1)]


def test_a_billion_laughs_are_not_expanded() -> None:
    laughs = "\n".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]" for n in range(9))
    value, problems = read(f"l0: &l0 ha\n{laughs}")
    assert isinstance(value, Fields)
    assert {code for code, _ in problems} == {"Y2"}


@given(st.text())
def test_any_text_is_a_value_or_a_problem(text: str) -> None:
    value, problems = read(text)
    assert value is not None or problems


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(st.characters(categories=["L", "P"]))
    )
)
def test_text_in_double_quotes_comes_back_as_it_was_written(texts: dict[str, str]) -> None:
    quoted = {key: each.replace("\\", "\\\\").replace('"', '\\"') for key, each in texts.items()}
    value, problems = read("\n".join(f'{key}: "{each}"' for key, each in quoted.items()))
    assert problems == []
    assert isinstance(value, Fields)
    found = {each.key: each.value.value for each in value.fields if isinstance(each.value, Scalar)}
    assert found == texts
