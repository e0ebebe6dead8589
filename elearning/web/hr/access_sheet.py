"""The access review as a file: the same roles, a row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from elearning.clock import AMSTERDAM
from elearning.learning.training import Training
from elearning.services.review_access import HeldRole
from elearning.web.hr.access_words import level_text, role_text, training_text, unit_text
from elearning.web.hr.sheet import Sheet, Value

KEYS = (
    "grant", "number", "name", "role", "unit", "training", "level", "from", "through",
    "given_by", "given_on", "last_act_on",
)  # fmt: skip


def access_sheet(
    roles: Sequence[HeldRole],
    *,
    trainings: Mapping[str, Training],
    made_by: str,
    day: date,
    lang: str,
) -> Sheet:
    """Return the same roles as a file."""
    return Sheet(
        name=_("access-%(day)s", day=day.isoformat()),
        head=((_("As of"), day), (_("Made by"), made_by), (_("Rows"), len(roles))),
        columns=_columns(),
        keys=KEYS,
        rows=[_cells(each, trainings, lang) for each in roles],
    )


def _columns() -> tuple[str, ...]:
    return (
        _("Number of the role"),
        _("Staff number"),
        _("Name"),
        _("Role"),
        _("Unit"),
        _("Training"),
        _("Names"),
        _("From"),
        _("Runs through"),
        _("Given by"),
        _("Given on"),
        _("Last act"),
    )


def _cells(role: HeldRole, trainings: Mapping[str, Training], lang: str) -> tuple[Value, ...]:
    return (
        role.id,
        role.number,
        role.name,
        role_text(role.role),
        unit_text(role.unit, lang),
        training_text(role.training_id, trainings, lang),
        level_text(role.level, role.role),
        role.from_on,
        None if role.until_on is None else role.until_on - timedelta(days=1),
        role.given_by,
        None if role.given_at is None else role.given_at.astimezone(AMSTERDAM).date(),
        day_of_last_act(role),
    )


def day_of_last_act(role: HeldRole) -> date | None:
    """Return the day on which somebody last did what only a role allows."""
    return None if role.last_act_at is None else role.last_act_at.astimezone(AMSTERDAM).date()
