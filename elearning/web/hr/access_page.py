"""What the access review shows: every role that runs, what stands out, and when it was reviewed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.clock import AMSTERDAM
from elearning.learning.rates import NO_SHARE
from elearning.learning.training import Training
from elearning.services.review_access import HeldRole, Review, digest_of_roles
from elearning.web.hr.access_words import level_text, role_text
from elearning.web.hr.forms import Table
from elearning.web.hr.sheet import Sheet, Value
from elearning.web.hr.words import long_day, number, short_day
from elearning.web.parts import Cell, Column, Link

SOON_DAYS = 30
KEYS = (
    "grant", "number", "name", "role", "unit", "training", "level", "from", "through",
    "given_by", "given_on", "last_act_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccessPage:
    """The page; `digest` is of the roles that it shows."""

    summary: str
    last_review: str
    table: Table
    digest: str


@dataclass(frozen=True, slots=True)
class EndPage:
    """The page that asks once more; `is_own` is a role that somebody else has to end."""

    name: str
    facts: tuple[tuple[str, str], ...]
    is_own: bool


def access_page(
    roles: tuple[HeldRole, ...],
    review: Review | None,
    *,
    trainings: Mapping[str, Training],
    address: Callable[[int], str],
    today: date,
    lang: str,
) -> AccessPage:
    """Return the page."""
    return AccessPage(
        summary=_summary(roles, today),
        last_review=_last_review(review),
        table=Table(
            ngettext("%(total)s role", "%(total)s roles", len(roles), total=number(len(roles))),
            tuple(Column(each) for each in _headings()),
            tuple(_row(each, trainings, address(each.id), today, lang) for each in roles),
        ),
        digest=digest_of_roles(roles),
    )


def end_page(
    role: HeldRole, *, trainings: Mapping[str, Training], is_own: bool, lang: str
) -> EndPage:
    """Return the page that asks once more."""
    through = NO_SHARE if role.until_on is None else long_day(role.until_on - timedelta(days=1))
    facts = (
        (_("Role"), role_text(role.role)),
        (_("Over"), over_text(role, trainings, lang)),
        (_("Names"), level_text(role.level, role.role)),
        (_("Runs through"), through),
    )
    return EndPage(role.name, facts, is_own)


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


def over_text(role: HeldRole, trainings: Mapping[str, Training], lang: str) -> str:
    """Return over what a role goes: unit and training, in words."""
    unit = _unit(role, lang)
    return unit if role.training_id is None else f"{unit}, {_training(role, trainings, lang)}"


def _summary(roles: Sequence[HeldRole], today: date) -> str:
    ends = today + timedelta(days=SOON_DAYS)
    soon = sum(each.until_on is not None and each.until_on <= ends for each in roles)
    endless = sum(each.until_on is None for each in roles)
    return _(
        "Ending within %(days)s days: %(soon)s. Without a last day: %(endless)s.",
        soon=number(soon),
        days=SOON_DAYS,
        endless=number(endless),
    )


def _last_review(review: Review | None) -> str:
    if review is None:
        return _("Nobody has reviewed these roles in the last 24 months.")
    return _(
        "Last reviewed on %(day)s by %(name)s: %(num)s roles.",
        day=long_day(review.at.astimezone(AMSTERDAM).date()),
        name=review.name or _("somebody who has left"),
        num=number(review.roles),
    )


def _headings() -> tuple[str, ...]:
    return (
        _("Name"),
        _("Role"),
        _("Over"),
        _("Names"),
        _("Runs through"),
        _("Given by"),
        _("Last act"),
        _("End it"),
    )


def _row(
    role: HeldRole, trainings: Mapping[str, Training], address: str, today: date, lang: str
) -> tuple[Cell, ...]:
    return (
        role.name,
        role_text(role.role),
        over_text(role, trainings, lang),
        level_text(role.level, role.role),
        _through(role.until_on, today),
        role.given_by or NO_SHARE,
        short_day(_day_of_last_act(role)),
        Link(_("End role %(num)s", num=role.id), address),
    )


def _through(until_on: date | None, today: date) -> str:
    """Return the last day; one that is near says so."""
    if until_on is None:
        return _("no last day")
    last = short_day(until_on - timedelta(days=1))
    return _("%(day)s, soon", day=last) if until_on - today <= timedelta(days=SOON_DAYS) else last


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
        _unit(role, lang),
        _training(role, trainings, lang),
        level_text(role.level, role.role),
        role.from_on,
        None if role.until_on is None else role.until_on - timedelta(days=1),
        role.given_by,
        None if role.given_at is None else role.given_at.astimezone(AMSTERDAM).date(),
        _day_of_last_act(role),
    )


def _unit(role: HeldRole, lang: str) -> str:
    if role.unit is None:
        return _("The institution")
    return role.unit.name_nl if lang == "nl" else role.unit.name_en


def _training(role: HeldRole, trainings: Mapping[str, Training], lang: str) -> str:
    if role.training_id is None:
        return _("Every training")
    training = trainings.get(role.training_id)
    return role.training_id if training is None else training.title[lang]


def _day_of_last_act(role: HeldRole) -> date | None:
    return None if role.last_act_at is None else role.last_act_at.astimezone(AMSTERDAM).date()
