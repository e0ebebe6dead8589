"""Reads `scenarios/lint.yaml`: words to avoid with what to say instead, and how texts must read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from elearning.problem import Findings
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import LANGUAGES, Reader, read_fields

SCHEMA: Final = 1
_NEVER: Final = re.compile(r"(?!)")


class Harm(StrEnum):
    """Why words are on the list."""

    BLAME = "blame"
    MINIMISE = "minimise"
    DOUBT = "doubt"
    CONTROL_PRESSURE = "control_pressure"
    LABELS = "labels"
    GENDER_STEREOTYPE = "gender_stereotype"
    TERMINOLOGY = "terminology"
    DETAILS = "details"
    OFFICIALESE = "officialese"


@dataclass(frozen=True, slots=True)
class Rule:
    """Words to avoid; `say` is what to write instead."""

    harm: Harm
    pattern: re.Pattern[str]
    say: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts must read: a Flesch score per page, and words per sentence.

    A page with fewer words than `fewest_words` gets no score: it would say nothing.
    """

    page_at_least: int
    never_below: int
    fewest_words: int
    mean_sentence: int
    longest_sentence: int
    glossary: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything in the file; the rules per language."""

    words: Mapping[str, tuple[Rule, ...]]
    reading: Reading


def read_rules(text: str, findings: Findings) -> Rules:
    """Return the rules; what does not fit goes to `findings`."""
    with read_fields(load(text, findings), findings) as reader:
        if reader.number("schema") != SCHEMA:
            reader.wrong("schema", f"needs {SCHEMA}")
        words = {lang: tuple(_rules(reader.located(lang), findings)) for lang in LANGUAGES}
        with read_fields(reader.located("reading"), findings) as reading:
            return Rules(words, _reading(reading))


def whole_words(pattern: str) -> re.Pattern[str]:
    """Return the pattern for whole words, in any case, over line ends and through emphasis.

    Raises `re.error` where the pattern is not one.
    """
    flexible = pattern.replace(" ", r"[\s*_>]+")
    return re.compile(rf"(?<!\w)(?:{flexible})(?!\w)", re.IGNORECASE)


def _rules(value: Located | None, findings: Findings) -> Iterator[Rule]:
    with read_fields(value, findings) as reader:
        for harm in Harm:
            for record in reader.records(harm):
                with read_fields(record, findings) as rule:
                    rule.optional_text("note")
                    yield Rule(harm, _pattern(rule, "match"), rule.text("say"))


def _pattern(reader: Reader, key: str) -> re.Pattern[str]:
    try:
        return whole_words(reader.text(key) or "(?!)")
    except re.error as error:
        reader.wrong(key, f"is not a pattern: {error}")
        return _NEVER


def _reading(reader: Reader) -> Reading:
    with read_fields(reader.located("glossary"), reader.findings) as glossary:
        terms = {lang: glossary.texts(lang) for lang in LANGUAGES}
    return Reading(
        page_at_least=reader.number("page_at_least"),
        never_below=reader.number("never_below"),
        fewest_words=reader.number("fewest_words"),
        mean_sentence=reader.number("mean_sentence"),
        longest_sentence=reader.number("longest_sentence"),
        glossary={lang: _any_of(each) for lang, each in terms.items()},
    )


def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for these terms, the longest first, so that it is replaced whole."""
    escaped = [re.escape(each).replace(r"\ ", " ") for each in terms]
    return whole_words("|".join(sorted(escaped, key=len, reverse=True))) if terms else _NEVER
