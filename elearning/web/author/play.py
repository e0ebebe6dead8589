"""A play-through that lives in its address: from any node, in either language, nothing recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from elearning.content.manuscripts import Manuscript
from elearning.content.rendered import RenderedScenario
from elearning.errors import ChoiceNotOffered, NotFound
from elearning.scenario.ids import ChoiceId, NodeId
from elearning.scenario.model import Node, Scenario
from elearning.scenario.play import Turn, begin, choose, is_over
from elearning.scenario.play import turns as turns_of
from elearning.scenario.position import Position


@dataclass(frozen=True, slots=True)
class Play:
    """Where a play stands after the choices that could be made; `left_over` could not be.

    `scenario` begins at the node that was asked for, with nothing done yet.
    """

    manuscript: Manuscript
    scenario: Scenario
    lang: str
    position: Position
    left_over: tuple[ChoiceId, ...]

    @property
    def start(self) -> NodeId | None:
        """Return the node that the play began at, if not the usual one."""
        return (
            None if self.scenario.start == self.manuscript.scenario.start else self.scenario.start
        )

    @property
    def is_over(self) -> bool:
        """Say whether it came to an ending."""
        return is_over(self.scenario, self.position)

    @property
    def node(self) -> Node:
        """Return the node where it stands."""
        return self.scenario.nodes[self.position.node_id]

    @property
    def text(self) -> RenderedScenario:
        """Return the words, in the language that was asked for as far as it has them."""
        return self.manuscript.in_language(self.lang)

    def turns(self) -> tuple[Turn, ...]:
        """Return every turn so far, and the one where it stands."""
        return turns_of(self.scenario, self.position.path)

    def speaker(self, node: Node) -> str:
        """Return who speaks at a node; nobody does where there is no persona."""
        speaker = node.speaker or self.scenario.persona
        return "" if speaker is None else self.text.speakers.get(speaker, speaker)


def play_of(
    manuscript: Manuscript, *, start: str | None, choices: Sequence[str], lang: str
) -> Play:
    """Return the play; a choice that is not on offer ends it there. Raises `NotFound`."""
    node_id = NodeId(start) if start else manuscript.scenario.start
    if node_id not in manuscript.scenario.nodes:
        raise NotFound(f"no node {start!r}")
    scenario = replace(manuscript.scenario, start=node_id)
    asked = tuple(ChoiceId(each) for each in choices)
    position = begin(scenario)
    for place, choice_id in enumerate(asked):
        try:
            position = choose(scenario, position, choice_id)
        except ChoiceNotOffered:
            return Play(manuscript, scenario, lang, position, asked[place:])
    return Play(manuscript, scenario, lang, position, ())
