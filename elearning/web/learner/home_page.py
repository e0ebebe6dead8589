"""The learner's home as a value: one next step, the task list, and what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.content.library import Library
from elearning.learning.award import AwardStatus
from elearning.learning.spacing import SittingDates
from elearning.learning.training import Part, PartGroup, PartStatus, next_part
from elearning.scenario.model import Kind
from elearning.services.complete_training import LearnerOverview, TrainingState
from elearning.storage.completion import Award
from elearning.web.learner.offer import Offer, offer
from elearning.web.learner.part_words import PartWords
from elearning.web.learner.prior_words import PriorNote, PriorNotes
from elearning.web.learner.update_words import changed_text, update_text
from elearning.web.learner.words import (
    STATUS_KINDS,
    about_minutes,
    day_in_words,
    group_heading,
    sitting_heading,
    status_text,
    wait_in_words,
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
    """A heading and its lines; `note` is a word about when."""

    heading: str
    minutes: str
    note: str | None
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
    offer: Offer | None
    news_href: str | None
    prior: PriorNote | None


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
    words: PartWords
    lang: str
    today: date
    prior: PriorNotes | None = None

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
            next_label=None if part is None else self.words.next_label(part),
            next_href=None if part is None else self.words.href(part),
            groups=self._groups(state, is_valid=is_valid),
            certificate_href=None if newest is None else _certificate(newest),
            offer=None if state.booster is None else offer(state.booster, self.words),
            news_href=self._news(state),
            prior=None if self.prior is None else self.prior.of(state),
        )

    def _news(self, state: TrainingState) -> str | None:
        """Return where it stands what changed since the certificate, when that is of use."""
        tells = state.booster is not None and state.booster.tells_changes
        is_renewing = bool(state.awards) and state.may_obtain
        return url_for("news.show") if tells or is_renewing else None

    def _next_part(self, state: TrainingState) -> Part | None:
        return next_part(state.training, state.progress) or state.to_better

    def _summary(self, state: TrainingState) -> str:
        still_open = [
            part
            for part in state.training.parts
            if part is state.to_better or state.progress.statuses[part.id] is not PartStatus.DONE
        ]
        parts = ngettext("%(num)d part to go", "%(num)d parts to go", len(still_open))
        minutes = about_minutes(sum(self.words.minutes(part) for part in still_open))
        due_on = state.due_on if state.update is None else None
        due = "" if due_on is None else _("Due by %(day)s.", day=day_in_words(due_on))
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
        if state.update is not None:
            minutes = sum(self.words.minutes(part) for part in state.training.parts)
            return Notice("info", update_text(state.update, until, minutes, self.lang))
        found = self._end_notice(state, until)
        if state.changed_end is None:
            return found
        return replace(found, text=f"{found.text} {changed_text(state.changed_end)}")

    def _end_notice(self, state: TrainingState, until: date | None) -> Notice:
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
        statuses = {
            part.id: PartStatus.DONE if is_valid else state.progress.statuses[part.id]
            for part in state.training.parts
        }
        if not state.calendar:
            return tuple(
                self._group(group_heading(group), None, statuses, parts)
                for group in PartGroup
                if (parts := [each for each in state.training.parts if each.group is group])
            )
        return tuple(
            self._group(
                sitting_heading(each.number, len(state.calendar)),
                None if is_valid else self._note(each),
                statuses,
                [part for part in state.training.parts if part.id in each.sitting.part_ids],
            )
            for each in state.calendar
        )

    def _group(
        self,
        heading: str,
        note: str | None,
        statuses: Mapping[str, PartStatus],
        parts: Sequence[Part],
    ) -> Group:
        minutes = about_minutes(sum(self.words.minutes(part) for part in parts))
        rows = tuple(self._row(part, statuses[part.id]) for part in parts)
        return Group(heading, minutes, note, rows)

    def _note(self, dates: SittingDates) -> str | None:
        """Say what spacing asks of this sitting: a rule, a word of advice, or nothing."""
        if self.library.institution.enforces_spacing:
            waits = dates.waits_on(self.today) and not dates.is_done
            return wait_in_words(dates.opens_on) if waits else None
        if dates.opens_on is None or not dates.is_early_on(self.today):
            return None
        return _(
            "You remember more with a few days in between: %(day)s is a good day to go on. "
            "You may also go on now.",
            day=day_in_words(dates.opens_on),
        )

    def _row(self, part: Part, status: PartStatus) -> Row:
        if status is PartStatus.NOT_YET_AVAILABLE:
            is_last = part.group is PartGroup.FINISH
            hint = _("available when the other parts are done") if is_last else _("opens later")
            return Row(
                self.words.title(part), None, hint, STATUS_KINDS[status], status_text(status)
            )
        hint, href = self.words.hint(part), self.words.start_href(part)
        return Row(self.words.title(part), href, hint, STATUS_KINDS[status], status_text(status))

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
