"""Exemptions in words, and as the cells that HR and the learner both see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flask_babel import gettext as _

from elearning.learning.training import Training
from elearning.services.exemptions import ExemptionDays, ExemptionState
from elearning.storage.completion import ExemptionCode
from elearning.web.hr.forms import Table
from elearning.web.hr.words import short_day
from elearning.web.parts import Column


def code_text(code: ExemptionCode) -> str:
    """Return the reason of an exemption; there are no others, and none is about health."""
    return {
        ExemptionCode.OUT_OF_SCOPE_ROLE: _("The work is not what this training is for"),
        ExemptionCode.ENDS_WITHIN_30_DAYS: _("The appointment ends within 30 days"),
        ExemptionCode.OTHER_EMPLOYER: _("Another employer sees to it"),
    }[code]


def state_text(state: ExemptionState | None) -> str:
    """Return what an exemption is on a day; None is all of them."""
    if state is None:
        return _("All")
    return {
        ExemptionState.NOW: _("Holds now"),
        ExemptionState.AHEAD: _("Lies ahead"),
        ExemptionState.ENDED: _("Has ended"),
    }[state]


def last_day(until_on: date) -> date:
    """Return the last day of days that end before this one."""
    return until_on - timedelta(days=1)


def own_exemptions_table(
    found: Iterable[ExemptionDays], trainings: Mapping[str, Training], lang: str
) -> Table | None:
    """Return somebody's exemptions for that somebody; None where there are none."""
    rows = tuple(
        (
            trainings[each.training_id].title[lang] if each.training_id in trainings else "",
            code_text(each.code),
            short_day(each.from_on),
            short_day(last_day(each.until_on)),
        )
        for each in found
    )
    columns = (
        Column(_("Training")),
        Column(_("Reason")),
        Column(_("From")),
        Column(_("Through")),
    )
    return Table(_("Your exemptions"), columns, rows) if rows else None
