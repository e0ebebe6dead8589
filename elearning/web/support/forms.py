"""The one-time code of who did a training with a person."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

LONGEST_CODE = 100


class CodeForm(FlaskForm):
    """A code as it was typed; the answer to one that cannot be used never says why."""

    code = StringField(
        validators=[
            DataRequired(lazy_gettext("Fill in the code")),
            Length(max=LONGEST_CODE, message=lazy_gettext("This is too long for a code")),
        ]
    )

    def refuse(self, *, is_too_often: bool) -> None:
        """Put the refusal beside the field."""
        text = (
            gettext("This has been tried often in a short time. Try again in an hour.")
            if is_too_often
            else gettext(
                "We cannot use this code. Check all the characters. A code works once, until the "
                "day on the paper, for a training that is still open for you."
            )
        )
        self.code.errors = [text]
