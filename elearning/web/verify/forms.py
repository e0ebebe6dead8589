"""What a checker types. No token stands in these forms: they use no authority of a cookie."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _
from wtforms import Form, StringField
from wtforms.validators import DataRequired, Length

from elearning.learning.certificate_code import normalise

LONGEST_NAME = 320
NOT_IN_A_CODE = re.compile(r"[^0-9A-Z]")


def only_its_characters(text: str | None) -> str:
    """Return a typed code as it stands in an address, whatever was typed between its characters."""
    return NOT_IN_A_CODE.sub("", normalise(text or ""))


class CodeForm(Form):
    """A certificate's code, in whatever way it was typed."""

    code = StringField(
        filters=[only_its_characters],
        validators=[DataRequired(_("Fill in the code of the certificate"))],
    )


class NameForm(Form):
    """The name that is printed on the paper."""

    name = StringField(
        validators=[
            DataRequired(_("Fill in the name on the paper")),
            Length(max=LONGEST_NAME, message=_("This is too long for a name")),
        ]
    )
