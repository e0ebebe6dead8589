"""The sign-in form."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from elearning.services.sign_in import LONGEST_PASSWORD

LONGEST_NAME = 320


class SignInForm(FlaskForm):
    """E-mail address and password; no hint which of the two was wrong is ever given."""

    email = StringField(
        validators=[
            InputRequired(_("Fill in your e-mail address")),
            Length(max=LONGEST_NAME, message=_("This is too long for an e-mail address")),
        ]
    )
    password = PasswordField(
        validators=[
            InputRequired(_("Fill in your password")),
            Length(max=LONGEST_PASSWORD, message=_("This is too long for a password")),
        ]
    )
