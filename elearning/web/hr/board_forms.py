"""What HR fills in to freeze a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from elearning.learning.training import Training

EARLIEST = date(2000, 1, 1)


class FreezeForm(FlaskForm):
    """Which training, for which day, as known on which day."""

    training = SelectField(_("Training"), validators=[InputRequired(_("Choose a training"))])
    day = DateField(_("As of"), validators=[InputRequired(_("Choose a day"))], name="dag")
    known = DateField(_("As known on"), validators=[Optional()], name="bekend")
    today: date

    def validate_day(self, field: DateField) -> None:
        """Refuse a day that has not come."""
        if not EARLIEST <= field.data <= self.today:
            raise ValidationError(gettext("Choose today or an earlier day"))

    def validate_known(self, field: DateField) -> None:
        """Refuse a day on which nothing can be known yet."""
        if not EARLIEST <= field.data <= self.today:
            raise ValidationError(gettext("Choose today or an earlier day"))


def freeze_form(trainings: Mapping[str, Training], lang: str, today: date) -> FreezeForm:
    """Return the form with what can be chosen; today is proposed."""
    form = FreezeForm()
    form.today = today
    form.training.choices = [(each.id, each.title[lang]) for each in trainings.values()]
    if form.day.data is None and not form.is_submitted():
        form.day.data = today
    return form
