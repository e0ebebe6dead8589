"""Asking for what was learned to be forgotten; it takes a tick, since it cannot be undone."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import DataRequired


class ForgetForm(FlaskForm):
    """One tick."""

    is_sure = BooleanField(
        validators=[DataRequired(lazy_gettext("Tick the box if you want this to be forgotten"))]
    )
