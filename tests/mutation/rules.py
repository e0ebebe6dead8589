"""Defects in the rules at the top of a scenario: cuts, windows, the pass rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial, reduce

from elearning.exchange.expression_text import expression_text
from elearning.exchange.story import Story
from elearning.scenario.expression import And, Compares, Expression, IsSet
from elearning.scenario.model import CompetencyRule, ErrorRule, Scenario
from tests.mutation.defect import Defect, defect


def cut_above_the_most(story: Story) -> Iterator[Defect]:
    """Put a cut one above the top of its range."""
    for rule in _with_cut(story):
        yield _ruled(story, replace(rule, cut=rule.high + 1))


def cut_at_the_bottom(story: Story) -> Iterator[Defect]:
    """Put a cut where everybody reaches it."""
    for rule in _with_cut(story):
        yield _ruled(story, replace(rule, cut=rule.low))


def range_widened(story: Story) -> Iterator[Defect]:
    """Put the top of a range and its cut one above what choices give."""
    for rule in _with_cut(story):
        yield _ruled(story, replace(rule, cut=rule.high + 1, high=rule.high + 1))


def window_shortened(story: Story) -> Iterator[Defect]:
    """Make the window for a repair one choice shorter."""
    for rule in story.scenario.errors.values():
        if rule.recover_within is not None and rule.recover_within > 1:
            yield _erring(story, replace(rule, recover_within=rule.recover_within - 1))


def error_made_fatal(story: Story) -> Iterator[Defect]:
    """Let an error be beyond repair, while the conversation goes on."""
    for rule in story.scenario.errors.values():
        if not rule.is_fatal:
            yield _erring(story, replace(rule, is_fatal=True, recover_within=None))


def must_do_not_asked(story: Story) -> Iterator[Defect]:
    """Let the pass rule no longer ask for a flag."""
    yield from _without_part(story, IsSet)


def harm_made_passable(story: Story) -> Iterator[Defect]:
    """Let the pass rule no longer limit the errors of a severity."""
    yield from _without_part(story, Compares)


def _with_cut(story: Story) -> Iterator[CompetencyRule]:
    rules = story.scenario.competencies.values()
    yield from (rule for rule in rules if rule.cut is not None)


def _without_part(story: Story, kind: type[IsSet | Compares]) -> Iterator[Defect]:
    parts = list(_parts(story.scenario.pass_rule))
    for part in parts:
        if isinstance(part, kind):
            left = reduce(And, [each for each in parts if each is not part])
            yield defect(story, f"`{expression_text(part)}`", partial(_passing, left))


def _parts(rule: Expression) -> Iterator[Expression]:
    if isinstance(rule, And):
        yield from _parts(rule.left)
        yield from _parts(rule.right)
    else:
        yield rule


def _passing(rule: Expression, scenario: Scenario) -> Scenario:
    return replace(scenario, pass_rule=rule)


def _ruled(story: Story, rule: CompetencyRule) -> Defect:
    def ruled(scenario: Scenario) -> Scenario:
        return replace(scenario, competencies={**scenario.competencies, rule.id: rule})

    return defect(story, rule.id, ruled)


def _erring(story: Story, rule: ErrorRule) -> Defect:
    def erring(scenario: Scenario) -> Scenario:
        return replace(scenario, errors={**scenario.errors, rule.id: rule})

    return defect(story, rule.id, erring)
