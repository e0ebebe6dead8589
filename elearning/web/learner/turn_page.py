"""One turn as a value: what was said so far, what the last choice did, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import Kind, Node
from elearning.scenario.play import Turn as PlayedTurn
from elearning.scenario.play import display_order, offered
from elearning.scenario.play import turns as turns_of
from elearning.services.play_scenario import Run
from elearning.web.learner.words import day_in_words, nothing_chosen, question, send_label
from elearning.web.medium import me, medium_mark, reply_mark
from elearning.web.parts import Choice, MediumMark, Turn

TURNS_IN_SIGHT = 7


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the previous choice did, and why."""

    speaker: str
    felt: Markup | None
    why: Markup
    said: Markup
    learn_href: str | None


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Everything the template shows."""

    browser_title: str
    title: str
    kind: str
    number: int
    total: int | None
    medium: MediumMark | None
    turns: tuple[Turn, ...]
    older: tuple[Turn, ...]
    reaction: Reaction | None
    legend: str
    choices: tuple[Choice, ...]
    chosen: str | None
    is_looking_back: bool
    is_practice: bool
    action: str
    send_label: str
    errors: tuple[tuple[str, str], ...]
    resumed: str | None
    previous_href: str | None
    previous_label: str
    current_href: str
    pause_href: str
    start_href: str


@dataclass(frozen=True, slots=True)
class TurnBuilder:
    """Puts one turn of a run together, in one language."""

    run: Run
    lang: str
    today: date
    number: int
    turns: tuple[PlayedTurn, ...]

    @classmethod
    def at(cls, run: Run, lang: str, today: date, number: int) -> Self:
        """Return the builder for one turn; the run is replayed once, up to there."""
        played = turns_of(run.playable.scenario, run.log.choices[: number - 1])
        return cls(run, lang, today, number, played)

    def page(self, *, has_error: bool) -> TurnPage:
        """Return the page; `has_error` when it was sent without a choice that fits."""
        node, log = self._node(), self.run.log
        is_back = self.number < log.next_turn
        text = self.run.playable.rendered[self.lang]
        spoken = self._spoken()
        here = url_for(".turn", scenario_id=log.scenario_id, attempt_id=log.id, turn=self.number)
        return TurnPage(
            browser_title=self._browser_title(),
            title=text.title,
            kind=self.run.playable.scenario.kind,
            number=self.number,
            total=self._total(),
            medium=medium_mark(node),
            turns=spoken[-2 * TURNS_IN_SIGHT - 1 :],
            older=spoken[: -2 * TURNS_IN_SIGHT - 1],
            reaction=self._reaction(),
            legend=question(node.ask, node.medium),
            choices=self._choices(node, is_back=is_back),
            chosen=log.choices[self.number - 1] if is_back else None,
            is_looking_back=is_back,
            is_practice=log.is_practice,
            action=self._otherwise() if is_back else f"{here}#foutoverzicht",
            send_label=send_label(node.ask, node.medium),
            errors=((nothing_chosen(node.ask, node.medium), "choice"),) if has_error else (),
            resumed=self._resumed(is_back=is_back),
            previous_href=self._previous(),
            previous_label=self._previous_label(),
            current_href=self._current(),
            pause_href=url_for("support.pause", terug=here),
            start_href=url_for(".start", scenario_id=log.scenario_id),
        )

    @property
    def _is_talk(self) -> bool:
        return self.run.playable.scenario.kind is Kind.CONVERSATION

    def _played(self) -> tuple[ChoiceId, ...]:
        return self.run.log.choices[: self.number - 1]

    def _node(self) -> Node:
        return self.run.playable.scenario.nodes[self.turns[-1].node_id]

    def _speaker(self, node: Node) -> str:
        scenario = self.run.playable.scenario
        speaker = node.speaker or scenario.persona
        names = self.run.playable.rendered[self.lang].speakers
        return names[speaker] if speaker is not None else ""

    def _browser_title(self) -> str:
        title = self.run.playable.rendered[self.lang].title
        if self._is_talk:
            return _("Turn %(number)s: %(title)s", number=self.number, title=title)
        return _("Step %(number)s: %(title)s", number=self.number, title=title)

    def _spoken(self) -> tuple[Turn, ...]:
        """Return every line up to this turn: the other, then the learner's own, in order."""
        scenario = self.run.playable.scenario
        texts = self.run.playable.rendered[self.lang].nodes
        lines: list[Turn] = []
        for turn in self.turns:
            node = scenario.nodes[turn.node_id]
            lines.append(
                Turn(
                    number=turn.number,
                    speaker=self._speaker(node),
                    said=texts[turn.node_id].body,
                    is_me=False,
                    is_current=turn.choice_id is None,
                    medium=medium_mark(node),
                )
            )
            if turn.choice_id is not None:
                said = texts[turn.node_id].choices[turn.choice_id].say
                mine = Turn(turn.number, me(node), said, is_me=True, medium=reply_mark(node))
                lines.append(mine)
        return tuple(lines)

    def _reaction(self) -> Reaction | None:
        """Return what the choice before this turn did."""
        played = self._played()
        if not played:
            return None
        scenario = self.run.playable.scenario
        node = scenario.nodes[self.turns[-2].node_id]
        choice = self.run.playable.rendered[self.lang].nodes[node.id].choices[played[-1]]
        return Reaction(
            speaker=self._speaker(node),
            felt=choice.felt,
            why=choice.why,
            said=choice.say,
            learn_href=_learn_href(node),
        )

    def _choices(self, node: Node, *, is_back: bool) -> tuple[Choice, ...]:
        scenario = self.run.playable.scenario
        position = self.turns[-1].position_before
        texts = self.run.playable.rendered[self.lang].nodes[node.id].choices
        made = self.run.log.choices[self.number - 1] if is_back else None
        ordered = display_order(offered(scenario, position), self.run.log.seed, node.id)
        return tuple(
            Choice(
                value=choice.id,
                label=texts[choice.id].say,
                note=_("You chose this") if choice.id == made else None,
            )
            for choice in ordered
        )

    def _total(self) -> int | None:
        """Return the number of steps where it is certain; a conversation's length is not."""
        if self._is_talk:
            return None
        nodes = self.run.playable.scenario.nodes.values()
        steps = [node for node in nodes if node.ending is None]
        is_linear = all(len({each.leads_to for each in node.choices}) == 1 for node in steps)
        return len(steps) if is_linear else None

    def _resumed(self, *, is_back: bool) -> str | None:
        last = self.run.log.last_played_on
        if is_back or self.number == 1 or last >= self.today:
            return None
        return _("This is where you left off on %(day)s.", day=day_in_words(last))

    def _previous(self) -> str | None:
        if self.number == 1:
            return None
        log = self.run.log
        return url_for(
            ".turn", scenario_id=log.scenario_id, attempt_id=log.id, turn=self.number - 1
        )

    def _previous_label(self) -> str:
        if self._is_talk:
            return _("Back to turn %(number)s", number=self.number - 1)
        return _("Back to step %(number)s", number=self.number - 1)

    def _current(self) -> str:
        log = self.run.log
        if self.run.is_over:
            return url_for(".end", scenario_id=log.scenario_id, attempt_id=log.id)
        return url_for(".turn", scenario_id=log.scenario_id, attempt_id=log.id, turn=log.next_turn)

    def _otherwise(self) -> str:
        log = self.run.log
        return url_for(
            ".choose_otherwise", scenario_id=log.scenario_id, attempt_id=log.id, turn=self.number
        )


def _learn_href(node: Node) -> str | None:
    if node.learn is None:
        return None
    module_id, page_id = node.learn.split("/", 1)
    return url_for("module.page", module_id=module_id, page_id=page_id)
