"""What the page with reminders shows: who gets one, who does not and why, the words, the queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.letter import MessageText
from elearning.learning.training import Training
from elearning.services.hr_scope import HrScope
from elearning.services.plan_reminders import ReminderPlan
from elearning.services.preview_reminders import NamedPage, occasions
from elearning.services.queue_reminders import OutboxState
from elearning.services.reminder_text import reminder_text
from elearning.web.hr.forms import Table
from elearning.web.hr.people_page import unit_choices
from elearning.web.hr.reminder_filters import AskedReminders
from elearning.web.hr.reminder_tables import (
    kinds_table,
    moment,
    people_table,
    queue_table,
    reasons_table,
)
from elearning.web.hr.reminder_words import why_text
from elearning.web.hr.words import number
from elearning.web.parts import Link

BOTH = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides on whether and when messages go, besides who is due."""

    has_reminders: bool
    has_mail: bool
    opens_at: datetime
    queue: OutboxState


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """The page; without a `button` there is nothing to queue, and `empty` says why."""

    lead: str
    trainings: tuple[tuple[str, str], ...]
    training_id: str
    units: tuple[tuple[str, str], ...]
    unit_code: str
    is_off: bool
    has_mail: bool
    count: int
    summary: str
    when: str
    button: str | None
    action: str
    empty: tuple[str, str] | None
    kinds: Table | None
    reasons: Table | None
    people: Table | None
    group_heading: str
    everyone: Link | None
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None
    texts: tuple[tuple[MessageText, ...], ...]
    queue: Table


def reminder_page(
    plan: ReminderPlan,
    people: NamedPage,
    asked: AskedReminders,
    *,
    scope: HrScope,
    whole: HrScope,
    trainings: Mapping[str, Training],
    now: Circumstances,
    lang: str,
) -> ReminderPage:
    """Return the page; `whole` is all that may be seen, `scope` what is asked for."""
    count, asked = len(plan.mails), asked.on_page(people.page)
    may_queue = count > 0 and now.has_reminders
    return ReminderPage(
        lead=_lead(scope, trainings[asked.training_id], lang),
        trainings=tuple((each.id, each.title[lang]) for each in trainings.values()),
        training_id=asked.training_id,
        units=(("", _("All units")), *unit_choices(whole, lang)),
        unit_code=asked.unit_code,
        is_off=not now.has_reminders,
        has_mail=now.has_mail,
        count=count,
        summary=_summary(count, len(plan.left_out)),
        when=_when(now),
        button=_button(count) if may_queue else None,
        action=asked.confirm_address(),
        empty=None if count else _empty(plan, now),
        kinds=kinds_table(plan) if count else None,
        reasons=reasons_table(plan, asked) if plan.left_out else None,
        people=people_table(people, asked) if people.rows else None,
        group_heading=_("Who gets a message") if asked.group is None else why_text(asked.group),
        everyone=_everyone(asked),
        page=people.page,
        pages=people.pages,
        previous_href=_page_address(asked, people.page - 1, people.pages),
        next_href=_page_address(asked, people.page + 1, people.pages),
        texts=tuple(tuple(reminder_text(each, code) for code in BOTH) for each in occasions(plan)),
        queue=queue_table(now.queue),
    )


def _lead(scope: HrScope, training: Training, lang: str) -> str:
    unit = _("Your units") if scope.unit is None else scope.unit.name(lang)
    return f"{training.title[lang]}. {unit}."


def _summary(count: int, left_out: int) -> str:
    gets = ngettext(
        "%(total)s person gets a message now,",
        "%(total)s people get a message now,",
        count,
        total=number(count),
    )
    none = ngettext("%(total)s gets none.", "%(total)s get none.", left_out, total=number(left_out))
    return f"{gets} {none}"


def _when(now: Circumstances) -> str:
    return _(
        "Messages go on working days from 9 to 17, the next ones from %(moment)s. "
        "Who asked for a later moment gets it then; you do not see who did.",
        moment=moment(now.opens_at, "EEEE d MMMM, HH:mm"),
    )


def _button(count: int) -> str:
    return ngettext(
        "Queue %(total)s message", "Queue %(total)s messages", count, total=number(count)
    )


def _empty(plan: ReminderPlan, now: Circumstances) -> tuple[str, str]:
    if not plan.left_out:
        return _("Nobody must hold this training yet"), _(
            "As soon as staff have been assigned to it, you see here who gets a message."
        )
    if now.queue.queued:
        goes = _("What waits goes by itself. There is nothing you need to do.")
        waits = _("It goes by itself as soon as a mail server has been set up.")
        return _("Everything that is due is in the queue"), goes if now.has_mail else waits
    return _("Nobody gets a message now"), _("Below you see why not.")


def _everyone(asked: AskedReminders) -> Link | None:
    if asked.group is None:
        return None
    return Link(_("Show who gets a message"), asked.of_group(None).address())


def _page_address(asked: AskedReminders, page: int, pages: int) -> str | None:
    return asked.on_page(page).address() if 1 <= page <= pages else None
