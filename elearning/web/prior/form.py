"""The one question about a training elsewhere: which, on which day, and at most one file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask import Request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from elearning.learning.prior import LARGEST_BYTES, evidence_kind
from elearning.services.equivalent_award import DayProblem, day_problem
from elearning.services.prior_learning import Filled, Offer
from elearning.storage.prior_learning import PriorLearning


@dataclass(slots=True)
class PriorForm:
    """What was filled in; `errors` by the name of the field."""

    welke: str = ""
    dag: str = ""
    evidence: bytes | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """Return the errors as the summary on top wants them."""
        return tuple((text, name) for name, text in self.errors.items())

    @property
    def day(self) -> date | None:
        """Return the day, if it is one."""
        try:
            return date.fromisoformat(self.dag)
        except ValueError:
            return None

    def filled(self) -> Filled | None:
        """Return what to keep; None while something is wrong."""
        if self.errors or self.day is None:
            return None
        return Filled(self.welke, self.day, self.evidence)


def form_of(draft: PriorLearning | None) -> PriorForm:
    """Return the form as it was filled in before; a file has to be chosen again."""
    return PriorForm() if draft is None else PriorForm(draft.code, draft.completed_on.isoformat())


def read_form(
    request: Request, offers: Iterable[Offer], session: Session, today: date
) -> PriorForm:
    """Return the form with everything that is wrong with it; the name of a file is not read."""
    sent = request.files.get("bestand")
    content = b"" if sent is None else sent.read(LARGEST_BYTES + 1)
    if sent is not None:
        sent.close()
    form = PriorForm(request.form.get("welke", ""), request.form.get("dag", ""), content or None)
    chosen = next((each for each in offers if each.equivalent.code == form.welke), None)
    if chosen is None:
        form.errors["welke"] = _("Choose a training")
    _check_day(form, chosen, session, today)
    if len(content) > LARGEST_BYTES:
        form.errors["bestand"] = _("This file is larger than 2 MB")
    elif content and evidence_kind(content) is None:
        form.errors["bestand"] = _("This is not a PDF, PNG or JPEG file")
    return form


def _check_day(form: PriorForm, chosen: Offer | None, session: Session, today: date) -> None:
    if form.day is None:
        form.errors["dag"] = _("Fill in a day")
    elif chosen is not None:
        problem = day_problem(
            session, place=chosen.place, equivalent=chosen.equivalent, day=form.day, today=today
        )
        if problem is not None:
            form.errors["dag"] = _problem_text(problem)


def _problem_text(problem: DayProblem) -> str:
    return {
        DayProblem.AHEAD: _("This day has not come yet"),
        DayProblem.BEFORE_AWARD: _("You have a certificate of that day or later"),
        DayProblem.TOO_LONG_AGO: _("This is too long ago: it would no longer be valid"),
    }[problem]
