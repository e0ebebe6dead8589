"""What is said of a part of a training to one learner: title, length, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from elearning.content.library import Library
from elearning.learning.pool import Run, at_hand, way_like
from elearning.learning.training import ModulePart, Part, ScenarioPart
from elearning.scenario.ids import ScenarioId
from elearning.scenario.model import Kind
from elearning.services.attempts import AttemptLog
from elearning.web.learner.words import about_minutes, kind_hint


@dataclass(frozen=True, slots=True)
class PartWords:
    """Speaks of parts in one language, by what the learner did so far."""

    library: Library
    attempts: tuple[AttemptLog, ...]
    runs: tuple[Run, ...]
    token: str
    lang: str

    def title(self, part: Part) -> str:
        """Return the title; of a pool its own, until one of its scenarios was begun."""
        if isinstance(part, ModulePart):
            return self.library.module(part.module_id).rendered[self.lang].title
        if part.title is not None and not self._own(part):
            return part.title[self.lang]
        return self.library.scenario(self.shown(part)).rendered[self.lang].title

    def hint(self, part: Part) -> str:
        """Return what sort of part it is and how long it takes."""
        minutes = about_minutes(self.minutes(part))
        if isinstance(part, ModulePart):
            return minutes
        shown = self.shown(part)
        words = f"{kind_hint(self.library.scenario(shown).scenario.kind)}, {minutes}"
        own = self._own(part)
        is_new = bool(own) and all(run.scenario_id not in part.ways_with(shown) for run in own)
        return _("a new situation: %(what)s", what=words) if is_new else words

    def minutes(self, part: Part) -> int:
        """Return how long it takes."""
        if isinstance(part, ModulePart):
            return self.library.module(part.module_id).module.minutes
        return self.library.scenario(self.shown(part)).scenario.minutes

    def start_href(self, part: Part) -> str:
        """Return the page before it."""
        if isinstance(part, ModulePart):
            return url_for("module.start", module_id=part.module_id)
        return url_for("play.start", scenario_id=self.shown(part))

    def shown(self, part: ScenarioPart) -> ScenarioId:
        """Return the scenario that is at hand for this learner, in the way that they took last."""
        return way_like(at_hand(part, self.token, self.runs), part, self.runs)

    def next_label(self, part: Part) -> str:
        """Return the words on the button that leads on."""
        log = self._open_run(part)
        if log is None:
            return _("Continue with: %(title)s", title=self.title(part))
        title = self.library.scenario(log.scenario_id).rendered[self.lang].title
        return _("Continue with: %(title)s, %(step)s", title=title, step=self._step(log))

    def href(self, part: Part) -> str:
        """Return where it goes on: the open run, or the page before it."""
        log = self._open_run(part)
        if log is None:
            return self.start_href(part)
        return url_for(
            "play.turn", scenario_id=log.scenario_id, attempt_id=log.id, turn=log.next_turn
        )

    def _own(self, part: ScenarioPart) -> list[Run]:
        return [run for run in self.runs if run.scenario_id in part.any_of]

    def _step(self, log: AttemptLog) -> str:
        is_talk = self.library.scenario(log.scenario_id).scenario.kind is Kind.CONVERSATION
        words = _("turn %(number)s") if is_talk else _("step %(number)s")
        return words % {"number": log.next_turn}

    def _open_run(self, part: Part) -> AttemptLog | None:
        if isinstance(part, ModulePart):
            return None
        runs = [
            log
            for log in self.attempts
            if log.scenario_id in part.any_of and log.ended_on is None and not log.is_practice
        ]
        return max(runs, key=lambda log: log.last_played_on, default=None)
