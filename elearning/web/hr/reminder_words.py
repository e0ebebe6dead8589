"""Kinds of reminders, and why somebody gets none, in words that say no more than HR may know."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.learning.reminders import Slot, Why
from elearning.services.preview_reminders import Kind


def why_text(why: Why) -> str:
    """Return why somebody gets no message now."""
    return {
        Why.NO_ADDRESS: _("No e-mail address in the roster"),
        Why.WAITS: _("Got a message less than 7 days ago, or one is waiting to go"),
        Why.TOLD: _("Already got the message for this moment"),
        Why.OVER: _("More than four weeks past the date: no more messages"),
        Why.NOT_YET: _("More than 30 days to go"),
        Why.PAUSED: _("Paused"),
        Why.EXEMPT: _("Exempt"),
        Why.DONE: _("Nothing to complete now"),
    }[why]


def kind_text(kind: Kind) -> str:
    """Return which moment a message is for."""
    if kind.is_renewal:
        return {
            Slot.MONTH_BEFORE: _("Certificate expires within 30 days"),
            Slot.WEEK_BEFORE: _("Certificate expires within 7 days"),
            Slot.DAY_AFTER: _("Certificate has just expired"),
            Slot.FORTNIGHT_AFTER: _("Certificate expired two weeks ago or more"),
        }[kind.slot]
    return {
        Slot.MONTH_BEFORE: _("Within 30 days before the date"),
        Slot.WEEK_BEFORE: _("Within 7 days before the date"),
        Slot.DAY_AFTER: _("Just past the date"),
        Slot.FORTNIGHT_AFTER: _("Two weeks or more past the date"),
    }[kind.slot]
