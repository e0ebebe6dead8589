"""Dates, minutes and kinds in words, in the reader's language."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.certificate import long_date
from elearning.learning.training import PartGroup, PartStatus
from elearning.scenario.model import Ask, Kind, Medium
from elearning.web.i18n import language

STATUS_KINDS = {
    PartStatus.NOT_STARTED: "todo",
    PartStatus.IN_PROGRESS: "busy",
    PartStatus.DONE: "done",
    PartStatus.NOT_YET_AVAILABLE: "locked",
}


def day_in_words(day: date) -> str:
    """Return a date written out, such as 3 maart 2027 or 3 March 2027."""
    return long_date(day, "nl" if language() == "nl" else "en")


def about_minutes(minutes: int) -> str:
    """Return a duration as a hint."""
    return ngettext("about %(num)d minute", "about %(num)d minutes", minutes)


def status_text(status: PartStatus) -> str:
    """Return how far a part is, in words."""
    return {
        PartStatus.NOT_STARTED: _("Not started yet"),
        PartStatus.IN_PROGRESS: _("In progress"),
        PartStatus.DONE: _("Completed"),
        PartStatus.NOT_YET_AVAILABLE: _("Not available yet"),
    }[status]


def group_heading(group: PartGroup) -> str:
    """Return the heading of a group of the task list."""
    return {
        PartGroup.PREPARE: _("Prepare"),
        PartGroup.PRACTISE: _("Practise"),
        PartGroup.FINISH: _("Finish"),
    }[group]


def sitting_heading(number: int, total: int) -> str:
    """Return the heading of a sitting in the task list."""
    return _("Sitting %(number)d of %(total)d", number=number, total=total)


def wait_in_words(opens_on: date | None) -> str:
    """Return when a sitting opens, where days in between are a rule."""
    if opens_on is None:
        return _("This opens a few days after you have done the sitting before it.")
    return _(
        "This opens on %(day)s. You remember more with a few days in between.",
        day=day_in_words(opens_on),
    )


def question(ask: Ask, medium: Medium) -> str:
    """Return how the question above the options is put."""
    if ask is Ask.SAY and medium.is_written:
        return _("What do you write?")
    return {
        Ask.SAY: _("What do you say?"),
        Ask.DO: _("What do you do?"),
        Ask.ANSWER: _("What fits here?"),
    }[ask]


def send_label(ask: Ask, medium: Medium) -> str:
    """Return the words on the button under the options."""
    if ask is Ask.SAY and medium.is_written:
        return _("Write this")
    return {
        Ask.SAY: _("Say this"),
        Ask.DO: _("Do this"),
        Ask.ANSWER: _("Choose this"),
    }[ask]


def nothing_chosen(ask: Ask, medium: Medium) -> str:
    """Return the message for a form that was sent without a choice."""
    if ask is Ask.SAY and medium.is_written:
        return _("Choose what you write")
    return {
        Ask.SAY: _("Choose what you say"),
        Ask.DO: _("Choose what you do"),
        Ask.ANSWER: _("Choose an answer"),
    }[ask]


def kind_hint(kind: Kind) -> str:
    """Return what sort of part it is, for the hint in a list."""
    return {
        Kind.CONVERSATION: _("conversation"),
        Kind.READING: _("reading"),
        Kind.CHECK: _("questions"),
    }[kind]
