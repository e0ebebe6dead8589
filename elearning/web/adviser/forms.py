"""How many codes, and for which training."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from elearning.services.training_codes import LARGEST_BATCH


class BatchForm(FlaskForm):
    """A batch of one-time codes; the choices of `training` are set by the view."""

    training = SelectField(validators=[InputRequired(_("Choose a training"))])
    number = IntegerField(
        default=10,
        validators=[
            NumberRange(min=1, max=LARGEST_BATCH, message=_("Choose a whole number from 1 to 50"))
        ],
    )

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return what is wrong, as words and the field."""
        fields = (self.training, self.number)
        return [(str(each.errors[0]), each.name) for each in fields if each.errors]
