"""What stands above the list of who is past the date: the three groups, each with its number."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.learning.rates import Rates
from elearning.learning.validity import Validity
from elearning.services.people_filter import StatusFilter
from elearning.web.hr.filters import Asked
from elearning.web.hr.stat import Stat
from elearning.web.hr.words import number


def late_figures(rates: Rates, asked: Asked, validity: Validity) -> tuple[Stat, ...]:
    """Return the groups apart: being one day past the date is not what being a year past it is."""
    grace = validity.grace_days
    rows = (
        (rates.in_grace, _("at most %(num)s days past the date", num=grace), StatusFilter.IN_GRACE),
        (rates.overdue, _("longer past the date, not done before"), StatusFilter.OVERDUE),
        (rates.lapsed, _("did it before, and that has expired"), StatusFilter.LAPSED),
    )
    return tuple(
        Stat(number(count), text, asked.with_status(status).people_address(), None)
        for count, text, status in rows
    )
