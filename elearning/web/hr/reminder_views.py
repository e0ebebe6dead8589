"""Reminders: look at who would get one, then queue them; nothing is sent while somebody waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.clock import AMSTERDAM
from elearning.errors import Conflict
from elearning.learning.reminders import next_open
from elearning.learning.training import Training
from elearning.services.hr_scope import HrScope, hr_scope, open_trainings
from elearning.services.plan_reminders import ReminderPlan, plan_reminders
from elearning.services.preview_reminders import named_page
from elearning.services.queue_reminders import PlanChanged, outbox_state, queue_reminders
from elearning.services.reading_log import Reading
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires, signed_in
from elearning.web.hr.reminder_filters import AskedReminders, read_reminders
from elearning.web.hr.reminder_page import Circumstances, reminder_page
from elearning.web.hr.words import number
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock, library, settings

ROWS_A_PAGE = 50

blueprint = Blueprint("reminders", __name__)


@dataclass(frozen=True, slots=True)
class Question:
    """What this request asks, within what this person may see."""

    asked: AskedReminders
    trainings: Mapping[str, Training]
    whole: HrScope
    scope: HrScope


@blueprint.get("/hr/herinneringen")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def show() -> ResponseReturnValue:
    """Show who would get a message now, who would not and why, and what it says."""
    this = _question()
    asked, session = this.asked, transaction.session()
    note(Reading(AuditKind.PEOPLE_READ, asked.training_id, this.scope, clock().today()))
    plan = _plan(this)
    people = named_page(session, plan, asked.group, page=asked.page, page_size=ROWS_A_PAGE)
    page = reminder_page(
        plan,
        people,
        asked,
        scope=this.scope,
        whole=this.whole,
        trainings=this.trainings,
        now=_circumstances(),
        lang=language(),
    )
    return render_template("hr/reminders.html", page=page)


@blueprint.post("/hr/herinneringen")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def queue() -> ResponseReturnValue:
    """Queue what was looked at: that number, once, however often the button is pressed."""
    this, policy = _question(), library().institution.messages
    if not policy.has_reminders:
        raise Conflict("the institution sends no reminders")
    try:
        queued = queue_reminders(
            transaction.session(),
            scope=this.scope,
            trainings=library().trainings,
            training_ids=(this.asked.training_id,),
            closures=policy.closures,
            queued_by=person_id(),
            clock=clock(),
            expected=_seen(request.form.get("aantal", "")),
        )
    except PlanChanged:
        flash(_("Others are due by now. Nothing has been queued; please look again."), "attention")
    else:
        flash(_queued_text(queued), "positive" if queued else "info")
    return redirect(this.asked.address(), code=HTTPStatus.SEE_OTHER)


def _question() -> Question:
    """Return the question; every query after it goes through the scope it holds."""
    trainings = open_trainings(signed_in().grants, library().trainings)
    asked = read_reminders(request.args, usual_training=next(iter(trainings)))
    whole = hr_scope(
        transaction.session(),
        grants=signed_in().grants,
        day=clock().today(),
        training_id=asked.training_id,
    )
    scope = whole.within(whole.find(asked.unit_code)) if asked.unit_code else whole
    return Question(asked, trainings, whole, scope)


def _plan(this: Question) -> ReminderPlan:
    return plan_reminders(
        transaction.session(),
        scope=this.scope,
        trainings=library().trainings,
        training_ids=(this.asked.training_id,),
        clock=clock(),
    )


def _circumstances() -> Circumstances:
    policy = library().institution.messages
    return Circumstances(
        has_reminders=policy.has_reminders,
        has_mail=settings().has_mail,
        opens_at=next_open(clock().now().astimezone(AMSTERDAM), policy.closures),
        queue=outbox_state(transaction.session()),
    )


def _seen(text: str) -> int:
    """Return the number that somebody looked at; what is none fits no plan."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000") else 0


def _queued_text(queued: int) -> str:
    if not queued:
        return _("These messages are in the queue already. Nobody gets one twice.")
    return ngettext(
        "%(total)s message is in the queue.",
        "%(total)s messages are in the queue.",
        queued,
        total=number(queued),
    )
