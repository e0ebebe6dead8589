"""The tables of the page with reminders."""

from __future__ import annotations

from datetime import datetime

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from elearning.clock import AMSTERDAM
from elearning.services.plan_reminders import ReminderPlan
from elearning.services.preview_reminders import Named, NamedPage, kinds
from elearning.services.queue_reminders import OutboxState
from elearning.web.hr.forms import Table
from elearning.web.hr.reminder_filters import AskedReminders
from elearning.web.hr.reminder_words import kind_text, why_text
from elearning.web.hr.words import number, short_day
from elearning.web.parts import Cell, Column, Link


def kinds_table(plan: ReminderPlan) -> Table:
    """Return how many get a message of each kind."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (kind_text(kind), number(count)) for kind, count in kinds(plan).items()
    )
    return Table(
        _("Which messages"), (Column(_("Message")), Column(_("Number"), is_number=True)), rows
    )


def reasons_table(plan: ReminderPlan, asked: AskedReminders) -> Table:
    """Return how many get none for each reason, with a link to who they are."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Link(why_text(why), asked.of_group(why).address()), number(count))
        for why, count in plan.counts().items()
    )
    columns = (Column(_("Reason")), Column(_("Number"), is_number=True))
    return Table(_("Who gets none now, and why"), columns, rows)


def people_table(people: NamedPage, asked: AskedReminders) -> Table:
    """Return the names of one group."""
    caption = ngettext(
        "%(total)s member of staff", "%(total)s staff", people.found, total=number(people.found)
    )
    if asked.group is not None:
        return Table(caption, (Column(_("Name")),), tuple((each.name,) for each in people.rows))
    columns = (Column(_("Name")), Column(_("Message")), Column(_("Date")))
    return Table(caption, columns, tuple(_cells(each) for each in people.rows))


def queue_table(queue: OutboxState) -> Table:
    """Return how the outbox stands."""
    last = "\N{EN DASH}"
    if queue.last_sent_at is not None:
        last = moment(queue.last_sent_at, "d MMMM y, HH:mm")
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Waiting"), number(queue.queued)),
        (_("Sent"), number(queue.sent)),
        (_("Not sent: refused, or no longer needed"), number(queue.given_up)),
        (_("Last one sent"), last),
    )
    columns = (Column(_("Messages")), Column(_("Number"), is_number=True))
    return Table(_("The queue of the whole institution, last 30 days"), columns, rows)


def moment(moment: datetime, form: str) -> str:
    """Return a moment as it is on the clock here."""
    return format_datetime(moment.astimezone(AMSTERDAM), form, rebase=False)


def _cells(person: Named) -> tuple[Cell, ...]:
    kind = "" if person.kind is None else kind_text(person.kind)
    return person.name, kind, short_day(person.due_on)
