"""Reading keys by name and type: values of the right type, and every problem at once."""

from datetime import date
from enum import StrEnum
from fractions import Fraction

import pytest

from elearning.problem import Findings
from elearning.strict_yaml import load
from elearning.yaml_fields import Reader, read_fields


class Colour(StrEnum):
    """A closed list of words."""

    RED = "red"
    BLUE = "blue"


def problems_of(text: str, *keys: str, **readers: str) -> list[str]:
    """Read each key with the named method and return the messages."""
    findings = Findings("bestand.yaml")
    with read_fields(load(text, findings), findings) as reader:
        for key in keys:
            reader.located(key)
        for key, method in readers.items():
            getattr(reader, method)(key)
    return [f"{each.code} {each.line} {each.message}" for each in findings.found]


def reader_of(text: str) -> Reader:
    """Return a reader whose problems nobody looks at."""
    findings = Findings("bestand.yaml")
    with read_fields(load(text, findings), findings) as reader:
        return reader


def test_each_key_is_read_with_its_type() -> None:
    reader = reader_of(
        'name: "Noor"\nage: 20\nchat: true\non: 2026-11-23\nwords: [a, b]\n'
        'both: {nl: "ja", en: "yes"}\ncolour: blue\nrange: [0, 6]\nchance: 0.02\n'
        "colours: [red, blue]"
    )
    assert reader.text("name") == "Noor"
    assert reader.number("age") == 20
    assert reader.boolean("chat", default=False) is True
    assert reader.day("on") == date(2026, 11, 23)
    assert reader.texts("words") == ("a", "b")
    assert reader.translated("both") == {"nl": "ja", "en": "yes"}
    assert reader.member("colour", Colour) is Colour.BLUE
    assert reader.members("colours", Colour) == (Colour.RED, Colour.BLUE)
    assert reader.numbers("range") == (0, 6)
    assert reader.decimal("chance") == Fraction(1, 50)


def test_an_optional_key_may_be_missing_or_null() -> None:
    reader = reader_of("name: null")
    assert reader.optional_text("name") is None
    assert reader.optional_number("age") is None
    assert reader.optional_day("on") is None
    assert reader.optional_translated("both") is None
    assert reader.boolean("chat", default=True) is True
    assert reader.texts("words") == ()
    assert reader.entries("free") == ()


def test_a_key_that_nobody_asks_for_is_unknown() -> None:
    assert problems_of("name: a\ncolor: red", name="text") == ["Y3 2 color: is not a key here"]


@pytest.mark.parametrize(
    ("text", "method", "message"),
    [
        ("other: 1", "text", "Y4 1 key: is missing"),
        ("other: 1\nkey:", "text", "Y4 2 key: is missing"),
        ("other: 1\nkey: 3", "text", "Y5 2 key: needs text, in double quotes"),
        ("other: 1\nkey: ' '", "text", "Y5 2 key: is empty"),
        ("other: 1\nkey: 3.5", "number", "Y5 2 key: needs a whole number"),
        ("other: 1\nkey: true", "number", "Y5 2 key: needs a whole number"),
        ("other: 1\nkey: morgen", "day", "Y5 2 key: needs a date, such as 2026-11-23"),
        ("other: 1\nkey: a", "texts", "Y5 2 key: needs a list, [a, b]"),
        ("other: 1\nkey:\n - a\n - 2", "texts", "Y5 4 key: needs a list of texts"),
        ("other: 1\nkey: [a]", "numbers", "Y5 2 key: needs a list of whole numbers"),
        ("other: 1", "numbers", "Y5 1 key: needs a list of whole numbers"),
        ("other: 1\nkey: {nl: a}", "translated", "Y4 2 en: is missing"),
        ("other: 1\nkey: {nl: a, en: b, de: c}", "translated", "Y3 2 de: is not a key here"),
        ("other: 1\nkey: a", "translated", "Y5 2 needs a mapping"),
        ("other: 1\nkey: a", "entries", "Y5 2 key: needs a mapping"),
        ("other: 1\nkey: a", "decimal", "Y5 2 key: needs a decimal number"),
    ],
)
def test_what_does_not_fit_is_reported_on_its_line(text: str, method: str, message: str) -> None:
    found = problems_of(text, "other", key=method)
    assert len([each for each in found if each.startswith(message)]) == 1


def test_a_wrong_type_is_reported_once_and_not_as_missing() -> None:
    assert len(problems_of("key: 3", key="text")) == 1


def test_a_word_outside_the_closed_list_is_named() -> None:
    findings = Findings("bestand.yaml")
    with read_fields(load("colour: green", findings), findings) as reader:
        assert reader.member("colour", Colour) is Colour.RED
    assert findings.found[0].message == "colour: needs one of red, blue, not 'green'"
    assert len(findings.found) == 1


def test_a_list_in_the_place_of_a_mapping_is_reported() -> None:
    assert problems_of("- a") == ["Y5 1 needs a mapping, {key: value}"]
