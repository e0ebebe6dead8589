"""How many codes, and for which training."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from elearning.services.training_codes import LARGEST_BATCH


class BatchForm(FlaskForm):
    """A batch of one-time codes; the choices of `training` are set by the view."""

    training = SelectField(validators=[InputRequired()])
    number = IntegerField(
        default=10,
        validators=[InputRequired(), NumberRange(min=1, max=LARGEST_BATCH)],
    )

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return what is wrong, as words and the field: the same words whatever was typed."""
        words = (
            (self.training, _("Choose a training")),
            (
                self.number,
                _("Choose a whole number from 1 to %(most)d", most=LARGEST_BATCH),
            ),
        )
        return [(text, field.name) for field, text in words if field.errors]
