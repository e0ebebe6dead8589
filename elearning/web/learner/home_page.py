"""The learner's home as a value: one next step, the task list, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.content.library import Library
from elearning.learning.award import AwardStatus
from elearning.learning.pool import at_hand, way_like
from elearning.learning.training import (
    ModulePart,
    Part,
    PartGroup,
    PartStatus,
    ScenarioPart,
    next_part,
)
from elearning.scenario.ids import ScenarioId
from elearning.scenario.model import Kind
from elearning.services.attempts import AttemptLog
from elearning.services.complete_training import LearnerOverview, TrainingState
from elearning.storage.completion import Award
from elearning.web.learner.words import (
    STATUS_KINDS,
    about_minutes,
    day_in_words,
    group_heading,
    kind_hint,
    status_text,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the task list."""

    label: str
    href: str | None
    hint: str
    status_kind: str
    status_text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and its lines."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above the list: done, past its date, or to be renewed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TrainingCard:
    """One training on the home page."""

    title: str
    summary: str | None
    notice: Notice | None
    next_label: str | None
    next_href: str | None
    groups: tuple[Group, ...]
    certificate_href: str | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the template shows."""

    name: str
    trainings: tuple[TrainingCard, ...]
    open_practice: tuple[Row, ...]


def _certificate(award: Award) -> str:
    return url_for("certificate.show", award_id=award.id)


@dataclass(frozen=True, slots=True)
class HomeBuilder:
    """Puts the page together in one language, for one day."""

    library: Library
    overview: LearnerOverview
    lang: str
    today: date

    def page(self, name: str) -> HomePage:
        """Return the whole page."""
        cards = tuple(self._card(state) for state in self.overview.states)
        return HomePage(name, cards, () if cards else self._open_practice())

    def _card(self, state: TrainingState) -> TrainingCard:
        is_valid = state.dates is not None and not state.may_obtain
        part = None if is_valid else self._next_part(state)
        newest = state.awards[0] if state.awards else None
        return TrainingCard(
            title=state.training.title[self.lang],
            summary=None if is_valid else self._summary(state),
            notice=self._notice(state),
            next_label=None if part is None else self._next_label(part),
            next_href=None if part is None else self._href(part),
            groups=self._groups(state, is_valid=is_valid),
            certificate_href=None if newest is None else _certificate(newest),
        )

    def _next_part(self, state: TrainingState) -> Part | None:
        return next_part(state.training, state.progress) or state.to_better

    def _summary(self, state: TrainingState) -> str:
        still_open = [
            part
            for part in state.training.parts
            if part is state.to_better or state.progress.statuses[part.id] is not PartStatus.DONE
        ]
        parts = ngettext("%(num)d part to go", "%(num)d parts to go", len(still_open))
        minutes = about_minutes(sum(self._minutes(part) for part in still_open))
        due = "" if state.due_on is None else _("Due by %(day)s.", day=day_in_words(state.due_on))
        return f"{parts}, {minutes}. {due}".strip()

    def _notice(self, state: TrainingState) -> Notice | None:
        if state.dates is not None and state.dates.status_on(self.today) is AwardStatus.VALID:
            return self._valid_notice(state)
        if state.progress.needs_better_runs:
            return Notice(
                "info",
                _(
                    "All parts are done. Taken together there were a few important moments "
                    "too many. Play one of the conversations once more; the best one counts."
                ),
            )
        if state.due_on is not None and state.due_on < self.today:
            return Notice(
                "info",
                _(
                    "The date has passed (%(day)s). You can still complete the training as usual.",
                    day=day_in_words(state.due_on),
                ),
            )
        return None

    def _valid_notice(self, state: TrainingState) -> Notice:
        until = state.dates.valid_until if state.dates is not None else None
        if until is None:
            return Notice("positive", _("You are done. Your certificate has no end date."))
        last_day = day_in_words(until - timedelta(days=1))
        if state.may_obtain:
            return Notice(
                "info",
                _("Your certificate is valid through %(day)s. You can renew it now.", day=last_day),
            )
        return Notice(
            "positive", _("You are done. Your certificate is valid through %(day)s.", day=last_day)
        )

    def _groups(self, state: TrainingState, *, is_valid: bool) -> tuple[Group, ...]:
        return tuple(
            Group(
                group_heading(group),
                tuple(
                    self._row(
                        part, PartStatus.DONE if is_valid else state.progress.statuses[part.id]
                    )
                    for part in state.training.parts
                    if part.group is group
                ),
            )
            for group in PartGroup
            if any(part.group is group for part in state.training.parts)
        )

    def _row(self, part: Part, status: PartStatus) -> Row:
        is_locked = status is PartStatus.NOT_YET_AVAILABLE
        hint = _("available when the other parts are done") if is_locked else self._hint(part)
        href = None if is_locked else self._start_href(part)
        return Row(self._title(part), href, hint, STATUS_KINDS[status], status_text(status))

    def _hint(self, part: Part) -> str:
        minutes = about_minutes(self._minutes(part))
        if isinstance(part, ModulePart):
            return minutes
        kind = self.library.scenario(self._shown(part)).scenario.kind
        return f"{kind_hint(kind)}, {minutes}"

    def _minutes(self, part: Part) -> int:
        if isinstance(part, ModulePart):
            return self.library.module(part.module_id).module.minutes
        return self.library.scenario(self._shown(part)).scenario.minutes

    def _title(self, part: Part) -> str:
        if isinstance(part, ModulePart):
            return self.library.module(part.module_id).rendered[self.lang].title
        return self.library.scenario(self._shown(part)).rendered[self.lang].title

    def _start_href(self, part: Part) -> str:
        if isinstance(part, ModulePart):
            return url_for("module.start", module_id=part.module_id)
        return url_for("play.start", scenario_id=self._shown(part))

    def _shown(self, part: ScenarioPart) -> ScenarioId:
        """Return the scenario that is at hand for this learner, in the way that they took last."""
        runs = self.overview.runs
        return way_like(at_hand(part, self.overview.person, runs), part, runs)

    def _next_label(self, part: Part) -> str:
        log = self._open_run(part)
        if log is not None:
            return _(
                "Continue with: %(title)s, %(step)s", title=self._title(part), step=self._step(log)
            )
        return _("Continue with: %(title)s", title=self._title(part))

    def _step(self, log: AttemptLog) -> str:
        is_talk = self.library.scenario(log.scenario_id).scenario.kind is Kind.CONVERSATION
        words = _("turn %(number)s") if is_talk else _("step %(number)s")
        return words % {"number": log.next_turn}

    def _href(self, part: Part) -> str:
        log = self._open_run(part)
        if log is None:
            return self._start_href(part)
        return url_for(
            "play.turn", scenario_id=log.scenario_id, attempt_id=log.id, turn=log.next_turn
        )

    def _open_run(self, part: Part) -> AttemptLog | None:
        if isinstance(part, ModulePart):
            return None
        runs = [
            log
            for log in self.overview.done.attempts
            if log.scenario_id in part.any_of and log.ended_on is None and not log.is_practice
        ]
        return max(runs, key=lambda log: log.last_played_on, default=None)

    def _open_practice(self) -> tuple[Row, ...]:
        """Return every conversation, for people for whom no training is waiting."""
        return tuple(
            Row(
                playable.rendered[self.lang].title,
                url_for("play.start", scenario_id=playable.scenario.id),
                about_minutes(playable.scenario.minutes),
                STATUS_KINDS[PartStatus.NOT_STARTED],
                _("Open to everyone"),
            )
            for playable in self.library.scenarios.values()
            if playable.scenario.kind is Kind.CONVERSATION
        )
