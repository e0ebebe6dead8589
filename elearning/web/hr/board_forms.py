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


class DayField(DateField):
    """A day; what is none says so in the reader's language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Choose a day")) from None


class FreezeForm(FlaskForm):
    """Which training, for which day, as known on which day."""

    training = SelectField(_("Training"), validators=[InputRequired(_("Choose a training"))])
    day = DayField(_("As of"), validators=[InputRequired(_("Choose a day"))], name="dag")
    known = DayField(_("As known on"), validators=[Optional()], name="bekend")
    today: date

    def validate_day(self, field: DayField) -> None:
        """Refuse a day that has not come."""
        self._check(field.data)

    def validate_known(self, field: DayField) -> None:
        """Refuse a day on which nothing can be known yet."""
        self._check(field.data)

    def _check(self, day: date | None) -> None:
        if day is not None and not EARLIEST <= day <= self.today:
            raise ValidationError(gettext("Choose today or an earlier day"))


def freeze_form(trainings: Mapping[str, Training], lang: str, today: date) -> FreezeForm:
    """Return the form with what can be chosen; today is proposed."""
    form = FreezeForm()
    form.today = today
    form.training.choices = [(each.id, each.title[lang]) for each in trainings.values()]
    if form.day.data is None and not form.is_submitted():
        form.day.data = today
    return form
