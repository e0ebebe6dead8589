"""Writes the front matter of a scenario file, in the order of `docs/authoring.md`."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from elearning.exchange.expression_text import expression_text
from elearning.exchange.yaml_text import mapping, quoted, word, words
from elearning.scenario.expression import NEVER
from elearning.scenario.head import SCHEMA
from elearning.scenario.model import (
    Always,
    Before,
    CompetencyRule,
    ErrorRule,
    GuessPassAtMost,
    Medium,
    Obligation,
    Scenario,
    ScenarioText,
)


def source_head(scenario: Scenario, text: ScenarioText) -> Iterator[str]:
    """Yield the lines between the `---` of the source file."""
    yield f"schema: {SCHEMA}"
    yield f"id: {word(scenario.id)}"
    yield f"lang: {word(scenario.source_lang)}"
    if scenario.is_draft:
        yield "draft: true"
    yield f"kind: {scenario.kind}"
    yield f"title: {quoted(text.title)}"
    if scenario.audience:
        yield f"audience: {words(scenario.audience)}"
    yield f"minutes: {scenario.minutes}"
    yield from _words(text)
    if scenario.persona is not None:
        yield f"persona: {word(scenario.persona)}"
    if scenario.medium is not Medium.IN_PERSON:
        yield f"medium: {scenario.medium}"
    yield f"start: {word(scenario.start)}"
    yield from _rules(scenario)


def translation_head(scenario: Scenario, text: ScenarioText, accepted: str | None) -> Iterator[str]:
    """Yield the lines between the `---` of a translation."""
    yield f"schema: {SCHEMA}"
    yield f"id: {word(scenario.id)}"
    yield f"lang: {word(text.lang)}"
    if accepted is not None:
        yield f"source: {quoted(accepted)}"
    yield f"title: {quoted(text.title)}"
    yield from _words(text)


def decimal_text(value: Fraction) -> str:
    """Return a number exactly as a decimal; one that has no end is cut off after 9 digits."""
    digits = Decimal(value.numerator * 10**9 // value.denominator).scaleb(-9)
    return format(digits.normalize(), "f")


def _words(text: ScenarioText) -> Iterator[str]:
    for key, value in (
        ("content_note", text.content_note),
        ("setting", text.setting),
        ("goal", text.goal),
    ):
        if value:
            yield f"{key}: {quoted(value)}"
    if text.speakers:
        names = {str(speaker): quoted(name) for speaker, name in text.speakers.items()}
        yield f"speakers: {mapping(names)}"


def _rules(scenario: Scenario) -> Iterator[str]:
    if scenario.competencies:
        yield "competencies:"
        yield from (f"  {word(each.id)}: {_range(each)}" for each in scenario.competencies.values())
    if scenario.flags:
        yield f"flags: {words(scenario.flags)}"
    if scenario.errors:
        yield "critical:"
        yield from (f"  {word(each.id)}: {_error(each)}" for each in scenario.errors.values())
    if scenario.pass_rule != NEVER:
        yield f"pass: {quoted(expression_text(scenario.pass_rule))}"
    if scenario.obligations:
        yield "prove:"
        yield from (f"  - {mapping(_obligation(each))}" for each in scenario.obligations)


def _range(rule: CompetencyRule) -> str:
    cut = {} if rule.cut is None else {"cut": str(rule.cut)}
    return mapping({"range": f"[{rule.low}, {rule.high}]", **cut})


def _error(rule: ErrorRule) -> str:
    values = {"fatal": "true"} if rule.is_fatal else {}
    if rule.recover_within is not None:
        values["recover_within"] = str(rule.recover_within)
    return mapping(values)


def _obligation(obligation: Obligation) -> dict[str, str]:
    match obligation:
        case Always(name, expression):
            return {"id": word(name), "always": quoted(expression_text(expression))}
        case Before(name, earlier, later):
            return {"id": word(name), "before": words([earlier, later])}
        case GuessPassAtMost(name, probability):
            return {"id": word(name), "guess_pass_at_most": decimal_text(probability)}
