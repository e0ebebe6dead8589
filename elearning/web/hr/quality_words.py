"""What each check of the roster looks for, and what can be done about what it finds."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.services.data_quality import Check

OLD_DAYS = 31


def check_text(check: Check) -> str:
    """Return what a check looks for."""
    return {
        Check.NO_UNIT: _("Staff in no unit"),
        Check.NO_ADDRESS: _("Staff without an e-mail address"),
        Check.SAME_NAME: _("The same name more than once"),
        Check.SAME_ADDRESS: _("The same e-mail address more than once"),
        Check.MAIN_ENDED: _("The main appointment has ended"),
        Check.ACCOUNT_ONLY: _("An account and never an appointment"),
        Check.EMPTY_UNIT: _("Units without staff"),
        Check.ROW_REFUSED: _("Rows left out of the last roster"),
    }[check]


def advice_text(check: Check) -> str:
    """Return what it means, and what to do."""
    return {
        Check.NO_UNIT: _(
            "They work here or must hold a training, and no figure counts them. Give them an "
            "appointment in a unit that exists in the next roster, or end what they must hold."
        ),
        Check.NO_ADDRESS: _(
            "They get no reminders. Add the address in the staff administration; the next roster "
            "brings it."
        ),
        Check.SAME_NAME: _(
            "Often these are simply two people. If it is one person with two staff numbers, put it "
            "right in the staff administration: figures count them twice."
        ),
        Check.SAME_ADDRESS: _(
            "Two staff numbers with one address are nearly always one person, or a shared mailbox. "
            "Messages for one may be read by the other. Put it right in the staff administration."
        ),
        Check.MAIN_ENDED: _(
            "They still work here in another appointment. Make that one the main one in the staff "
            "administration."
        ),
        Check.ACCOUNT_ONLY: _(
            "They can sign in, and no figure counts them. If they work here, add them to the "
            "roster; if not, ask the administrator to close the account."
        ),
        Check.EMPTY_UNIT: _(
            "Perhaps the unit has closed or is called otherwise in the roster. Close it, or look "
            "for its code in the roster."
        ),
        Check.ROW_REFUSED: _(
            "These rows changed nothing. Put them right in the staff administration and read the "
            "roster again."
        ),
    }[check]
