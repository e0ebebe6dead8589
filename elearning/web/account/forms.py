"""The forms to sign in, and to choose a password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from elearning.services.password_rule import SHORTEST_PASSWORD
from elearning.services.sign_in import LONGEST_PASSWORD

LONGEST_NAME = 320


def code_in(text: str | None) -> str:
    """Return the code that was pasted, by itself or with its link."""
    return (text or "").rpartition("#")[2].strip()


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


class NewPasswordForm(FlaskForm):
    """A new password, twice; what makes one easy to guess, the service says."""

    password = PasswordField(
        validators=[
            InputRequired(_("Fill in a new password")),
            Length(min=SHORTEST_PASSWORD, message=_("Use at least 12 characters")),
            Length(max=LONGEST_PASSWORD, message=_("This is too long for a password")),
        ]
    )
    again = PasswordField(
        validators=[
            InputRequired(_("Fill in the new password once more")),
            EqualTo("password", _("This is not the same as the new password")),
        ]
    )

    def asked(self) -> tuple[Field, ...]:
        """Return the fields in the order of the page."""
        return self.password, self.again


class ChoosePasswordForm(NewPasswordForm):
    """A new password with a link; whoever has no script pastes the code, or the whole link."""

    code = StringField(
        filters=[code_in],
        validators=[
            InputRequired(_("Fill in the code of your link")),
            Length(max=LONGEST_NAME, message=_("This is too long for a code")),
        ],
    )

    def asked(self) -> tuple[Field, ...]:
        """Return the fields in the order of the page."""
        return self.code, self.password, self.again


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the one of now."""

    current = PasswordField(
        validators=[
            InputRequired(_("Fill in your current password")),
            Length(max=LONGEST_PASSWORD, message=_("This is too long for a password")),
        ]
    )

    def asked(self) -> tuple[Field, ...]:
        """Return the fields in the order of the page."""
        return self.current, self.password, self.again
