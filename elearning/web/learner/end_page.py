"""Looking back on a run, as a value: how it went, in words, turn by turn; no score anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.library import Library
from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import Kind
from elearning.scenario.play import Incident, IncidentState, Turn
from elearning.scenario.play import turns as turns_of
from elearning.scenario.registry import SkillLevel
from elearning.scenario.score import Result, best_alternative, result, skill_levels
from elearning.services.play_scenario import Run
from elearning.web.learner.after_a_try import Help, HelpBuilder
from elearning.web.medium import me, medium_mark, reply_mark
from elearning.web.parts import Level, PathStep
from elearning.web.parts import Skill as SkillRow

LEVELS: dict[SkillLevel, Level] = {
    SkillLevel.STRONG: "strong",
    SkillLevel.ON_THE_WAY: "growing",
    SkillLevel.PRACTISE: "practise",
}


@dataclass(frozen=True, slots=True)
class EndPage:
    """Everything the template shows."""

    title: str
    kind: str
    ending: Markup
    verdict_kind: str
    verdict_title: str
    verdict_text: str
    skills: tuple[SkillRow, ...]
    steps: tuple[PathStep, ...]
    practise_href: str | None
    practise_label: str
    again_action: str
    is_practice: bool
    first_run_href: str | None
    help: Help | None


@dataclass(frozen=True, slots=True)
class EndBuilder:
    """Puts the page of one ended run together, in one language."""

    run: Run
    library: Library
    lang: str

    def page(self, next_try: tuple[str, str] | None) -> EndPage:
        """Return the whole page; `next_try` is another situation, for a run that did not pass."""
        scenario, log = self.run.playable.scenario, self.run.log
        text = self.run.playable.rendered[self.lang]
        found = result(scenario, self.run.position)
        kind, title, words = self._verdict(found)
        return EndPage(
            title=text.title,
            kind=scenario.kind,
            ending=text.nodes[self.run.position.node_id].body,
            verdict_kind=kind,
            verdict_title=title,
            verdict_text=words,
            skills=() if scenario.kind is Kind.CHECK else self._skills(),
            steps=tuple(self._step(turn, found) for turn in turns_of(scenario, log.choices)[:-1]),
            practise_href=self._practise_href(found),
            practise_label=self._practise_label(found),
            again_action=url_for("play.begin", scenario_id=log.scenario_id),
            is_practice=log.is_practice,
            first_run_href=self._first_run_href(),
            help=self._help(found, next_try),
        )

    @property
    def _is_talk(self) -> bool:
        return self.run.playable.scenario.kind is Kind.CONVERSATION

    def _verdict(self, found: Result) -> tuple[str, str, str]:
        if self.run.log.is_practice:
            return (
                "info",
                _("This was practice"),
                _(
                    "You practised from turn %(number)s. Your first run stays as it was.",
                    number=self.run.log.forked_at_turn,
                ),
            )
        if found.passed:
            return "positive", self._passed_title(), self._passed_text(found)
        return "info", self._not_yet_title(), self._why_not(found)

    def _passed_title(self) -> str:
        if self._is_talk:
            return _("You have completed this conversation.")
        return _("You have completed this part.")

    def _passed_text(self, found: Result) -> str:
        if found.repaired_a + found.repaired_b:
            return _("There was an important moment, and you put it right. That counts as a skill.")
        return _("It counts for your training.")

    def _not_yet_title(self) -> str:
        if self._is_talk:
            return _("This conversation does not count yet.")
        return _("This part does not count yet.")

    def _why_not(self, found: Result) -> str:
        """Say what is still missing and where; never a mark."""
        turn = _first_open_turn(found)
        if turn is not None:
            return _(
                "At turn %(number)s something happened that can really harm. "
                "Look back at it below, practise it, and start again when you want to.",
                number=turn,
            )
        if self.run.playable.scenario.kind is Kind.CHECK:
            return _(
                "In some situations another way was needed. They are marked below. "
                "Look at them, and start again when you want to."
            )
        return _(
            "Nothing went badly wrong. Some of what matters was not said yet. "
            "Below you see where, with another possibility. Start again when you want to."
        )

    def _skills(self) -> tuple[SkillRow, ...]:
        skills = {skill.id: skill for skill in self.library.registry.skills}
        levels = skill_levels(self.run.playable.scenario, self.run.position, skills.values())
        return tuple(
            SkillRow(
                name=skills[each.skill].name[self.lang],
                level=LEVELS[each.level],
                turns=tuple((number, f"#beurt-{number}") for number in each.turns),
                line=skills[each.skill].lines[each.level][self.lang],
            )
            for each in levels
            if each.level is not None
        )

    def _step(self, turn: Turn, found: Result) -> PathStep:
        node = self.run.playable.scenario.nodes[turn.node_id]
        text = self.run.playable.rendered[self.lang]
        choice_id = cast("ChoiceId", turn.choice_id)
        words = text.nodes[node.id].choices[choice_id]
        speaker = node.speaker or self.run.playable.scenario.persona
        return PathStep(
            number=turn.number,
            before=text.nodes[node.id].body,
            you_said=words.say,
            speaker=text.speakers[speaker] if speaker is not None else "",
            reaction=words.felt,
            why=words.why,
            moment=self._moment(turn, found),
            alternative=self._alternative(turn),
            guideline_href=_learn_href(node.learn),
            me=me(node),
            medium=medium_mark(node),
            my_medium=reply_mark(node),
        )

    def _alternative(self, turn: Turn) -> Markup | None:
        choice_id = cast("ChoiceId", turn.choice_id)
        better = best_alternative(self.run.playable.scenario, turn.node_id, choice_id)
        if better is None:
            return None
        return self.run.playable.rendered[self.lang].nodes[turn.node_id].choices[better.id].say

    def _moment(self, turn: Turn, found: Result) -> tuple[str, str] | None:
        """Return the kind and words of an important moment at this turn, if there was one."""
        incidents = [each for each in found.incidents if each.turn == turn.number]
        if incidents:
            names = ", ".join(self._error_name(each) for each in incidents)
            if all(each.state is IncidentState.REPAIRED for each in incidents):
                return "info", _("Important moment: %(what)s. You put it right.", what=names)
            return "attention", _("Important moment: %(what)s.", what=names)
        if self.run.playable.scenario.kind is Kind.CHECK and self._alternative(turn) is not None:
            return "attention", _("Another way was needed here.")
        return None

    def _error_name(self, incident: Incident) -> str:
        return self.library.registry.errors[incident.error].name[self.lang]

    def _practise_href(self, found: Result) -> str | None:
        turn = self._turn_to_practise(found)
        if turn is None:
            return None
        log = self.run.log
        return url_for("play.turn", scenario_id=log.scenario_id, attempt_id=log.id, turn=turn)

    def _practise_label(self, found: Result) -> str:
        turn = self._turn_to_practise(found)
        return "" if turn is None else _("Practise from turn %(number)s", number=turn)

    def _turn_to_practise(self, found: Result) -> int | None:
        """Return the turn worth another try: an open error first, else the first better option."""
        if self.run.playable.scenario.kind is Kind.CHECK:
            return None
        open_turn = _first_open_turn(found)
        if open_turn is not None:
            return open_turn
        played = turns_of(self.run.playable.scenario, self.run.log.choices)[:-1]
        return next((turn.number for turn in played if self._alternative(turn) is not None), None)

    def _help(self, found: Result, next_try: tuple[str, str] | None) -> Help | None:
        if self.run.log.is_practice or found.passed:
            return None
        return HelpBuilder(self.run, self.library, self.lang).help(next_try)

    def _first_run_href(self) -> str | None:
        log = self.run.log
        if log.forked_from is None:
            return None
        return url_for("play.end", scenario_id=log.scenario_id, attempt_id=log.forked_from)


def _first_open_turn(found: Result) -> int | None:
    turns = [each.turn for each in found.incidents if not each.is_repaired]
    return min(turns, default=None)


def _learn_href(learn: str | None) -> str | None:
    if learn is None:
        return None
    module_id, page_id = learn.split("/", 1)
    return url_for("module.page", module_id=module_id, page_id=page_id)
