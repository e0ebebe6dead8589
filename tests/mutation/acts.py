"""Defects in what choices do: flags, points, errors, repairs, guards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from elearning.exchange.story import Story
from elearning.scenario.expression import Not
from elearning.scenario.model import Before, Choice, Effect, ErrorId, FlagId, Scenario
from tests.mutation.defect import (
    Defect,
    choice_defect,
    defect,
    places,
    with_every_choice,
    with_node,
)


def flag_dropped(story: Story) -> Iterator[Defect]:
    """Let a choice or node no longer set a flag."""
    for place in places(story):
        for flag in place.choice.sets:
            left = tuple(each for each in place.choice.sets if each != flag)
            yield choice_defect(story, place, replace(place.choice, sets=left), f"`{flag}`")
    for node in story.scenario.nodes.values():
        for flag in node.sets:
            bare = replace(node, sets=tuple(each for each in node.sets if each != flag))
            yield defect(story, f"`{node.id}` `{flag}`", partial(with_node, node=bare))


def flag_misspelt(story: Story) -> Iterator[Defect]:
    """Let a choice set a flag whose name lost a letter."""
    for place in places(story):
        for flag in place.choice.sets:
            names = (FlagId(e[:-1]) if e == flag else e for e in place.choice.sets)
            yield choice_defect(
                story, place, replace(place.choice, sets=tuple(names)), f"`{flag[:-1]}`"
            )


def order_swapped(story: Story) -> Iterator[Defect]:
    """Let two flags with a declared order change places everywhere they are set."""
    for order in story.scenario.obligations:
        if isinstance(order, Before):
            other = {order.earlier: order.later, order.later: order.earlier}
            where = f"`{order.earlier}` ↔ `{order.later}`"
            yield defect(story, where, partial(_swapped, other))


def repair_removed(story: Story) -> Iterator[Defect]:
    """Let a choice no longer repair an error."""
    for place in places(story):
        for error in place.choice.repairs:
            left = tuple(each for each in place.choice.repairs if each != error)
            yield choice_defect(story, place, replace(place.choice, repairs=left), error)


def error_never_raised(story: Story) -> Iterator[Defect]:
    """Let no choice raise an error any more."""
    for error in story.scenario.errors:
        yield defect(story, error, partial(_harmless, error))


def error_not_raised_here(story: Story) -> Iterator[Defect]:
    """Let one choice no longer raise an error."""
    for place in places(story):
        for error in place.choice.raises:
            left = tuple(each for each in place.choice.raises if each != error)
            yield choice_defect(story, place, replace(place.choice, raises=left), error)


def effect_dropped(story: Story) -> Iterator[Defect]:
    """Let a choice no longer give points for a competency."""
    for place in places(story):
        for effect in place.choice.effects:
            left = tuple(each for each in place.choice.effects if each != effect)
            changed = replace(place.choice, effects=left)
            yield choice_defect(story, place, changed, effect.competency)


def effect_raised(story: Story) -> Iterator[Defect]:
    """Let a choice give one point more."""
    for place in places(story):
        for effect in place.choice.effects:
            more = Effect(effect.competency, effect.points + 1)
            effects = (more if each == effect else each for each in place.choice.effects)
            changed = replace(place.choice, effects=tuple(effects))
            yield choice_defect(story, place, changed, effect.competency)


def harm_rewarded(story: Story) -> Iterator[Defect]:
    """Let a choice with an error give what the most generous choice beside it gives."""
    for place in places(story):
        beside = [each for each in place.node.choices if not each.raises]
        best = max(beside, key=_points, default=None)
        if place.choice.raises and best is not None and _points(best) > 0:
            yield choice_defect(story, place, replace(place.choice, effects=best.effects))


def guard_negated(story: Story) -> Iterator[Defect]:
    """Offer a choice exactly where it should not be."""
    for place in places(story):
        if place.choice.guard is not None:
            guard = Not(place.choice.guard)
            yield choice_defect(story, place, replace(place.choice, guard=guard))


def guard_dropped(story: Story) -> Iterator[Defect]:
    """Offer a guarded choice always."""
    for place in places(story):
        if place.choice.guard is not None:
            yield choice_defect(story, place, replace(place.choice, guard=None))


def _swapped(other: Mapping[FlagId, FlagId], scenario: Scenario) -> Scenario:
    def swap(choice: Choice) -> Choice:
        return replace(choice, sets=tuple(other.get(each, each) for each in choice.sets))

    return with_every_choice(scenario, swap)


def _harmless(error: ErrorId, scenario: Scenario) -> Scenario:
    def forget(choice: Choice) -> Choice:
        return replace(choice, raises=tuple(each for each in choice.raises if each != error))

    return with_every_choice(scenario, forget)


def _points(choice: Choice) -> int:
    return sum(effect.points for effect in choice.effects)
