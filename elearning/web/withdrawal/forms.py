"""What HR fills in to ask for a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from elearning.learning.training import Training
from elearning.storage.certificates import WithdrawalReason

LONGEST_NUMBER = 100


class WithdrawalForm(FlaskForm):
    """Whose certificate, of which training, and why."""

    number = StringField(
        _("Staff number"),
        validators=[
            InputRequired(_("Fill in the staff number")),
            Length(max=LONGEST_NUMBER, message=_("This is too long for a staff number")),
        ],
    )
    training = SelectField(_("Training"), validators=[InputRequired(_("Choose a training"))])
    reason = SelectField(_("Reason"), validators=[InputRequired(_("Choose a reason"))])


def withdrawal_form(trainings: Mapping[str, Training], lang: str) -> WithdrawalForm:
    """Return the form with what can be chosen."""
    form = WithdrawalForm()
    form.training.choices = [(each.id, each.title[lang]) for each in trainings.values()]
    form.reason.choices = [(each.value, words) for each, words in reasons().items()]
    return form


def reasons() -> dict[WithdrawalReason, str]:
    """Return every reason in words."""
    return {
        WithdrawalReason.ISSUED_IN_ERROR: gettext("Issued by mistake"),
        WithdrawalReason.WRONG_PERSON: gettext("Issued to the wrong person"),
        WithdrawalReason.NOT_MET: gettext("The training was not completed"),
        WithdrawalReason.HOLDERS_REQUEST: gettext("The holder asks for it"),
    }
