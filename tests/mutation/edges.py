"""Defects in where choices lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from elearning.exchange.story import Story
from elearning.scenario.graph import reachable
from elearning.scenario.model import Choice, EndingKind, NodeId, Scenario
from tests.mutation.defect import (
    Defect,
    Place,
    choice_defect,
    defect,
    places,
    with_choices,
    with_every_choice,
)


def redirected(story: Story) -> Iterator[Defect]:
    """Let a choice lead to any other node."""
    for place in places(story):
        for target in story.scenario.nodes:
            if target not in {place.choice.leads_to, place.node.id}:
                yield _leading(story, place, target)


def to_a_good_end(story: Story) -> Iterator[Defect]:
    """Let a choice skip the rest and come to the good ending at once."""
    good = [each.id for each in story.scenario.nodes.values() if each.ending is EndingKind.GOOD]
    for place in places(story):
        yield from (_leading(story, place, each) for each in good if each != place.choice.leads_to)


def back_without_progress(story: Story) -> Iterator[Defect]:
    """Let a choice do nothing but lead back to where the play has been, its own node included."""
    for place in places(story):
        idle = replace(place.choice, effects=(), sets=(), raises=(), repairs=())
        for node in story.scenario.nodes:
            if place.node.id in reachable(story.scenario, [node]):
                yield _leading(story, Place(place.node, idle), node)


def misspelt_target(story: Story) -> Iterator[Defect]:
    """Let a choice lead to a node that is not there."""
    for place in places(story):
        yield _leading(story, place, NodeId(f"{place.choice.leads_to}x"))


def ending_unreachable(story: Story) -> Iterator[Defect]:
    """Let all that leads to an ending lead to another one."""
    endings = [each.id for each in story.scenario.nodes.values() if each.ending is not None]
    for ending in endings:
        for other in endings:
            if other != ending:
                yield defect(story, f"`{ending}` → `{other}`", partial(_moved, ending, other))


def choice_removed(story: Story) -> Iterator[Defect]:
    """Leave out a choice."""
    for place in places(story):
        yield defect(story, f"{place}", partial(_without, place))


def _leading(story: Story, place: Place, to: NodeId) -> Defect:
    return choice_defect(story, place, replace(place.choice, leads_to=to), f"→ `{to}`")


def _moved(ending: NodeId, other: NodeId, scenario: Scenario) -> Scenario:
    def move(choice: Choice) -> Choice:
        return replace(choice, leads_to=other) if choice.leads_to == ending else choice

    return with_every_choice(scenario, move)


def _without(place: Place, scenario: Scenario) -> Scenario:
    left = (each for each in place.node.choices if each.id != place.choice.id)
    return with_choices(scenario, place.node.id, left)
