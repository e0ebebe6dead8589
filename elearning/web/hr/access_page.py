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
from elearning.web.hr.access_sheet import day_of_last_act
from elearning.web.hr.access_words import (
    level_text,
    over_text,
    role_text,
)
from elearning.web.hr.forms import Table
from elearning.web.hr.words import long_day, number, short_day
from elearning.web.parts import Cell, Column, Link

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class AccessPage:
    """The page; `since` is what the last reviewer cannot have seen, `digest` of what it shows."""

    summary: str
    last_review: str
    since: str | None
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
        since=_since(roles, review),
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
        (_("Over"), over_text(role.unit, role.training_id, trainings, lang)),
        (_("Names"), level_text(role.level, role.role)),
        (_("Runs through"), through),
    )
    return EndPage(role.name, facts, is_own)


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


def _since(roles: Sequence[HeldRole], review: Review | None) -> str | None:
    """Return how many roles were given after the last review; None where there are none."""
    if review is None:
        return None
    new = sum(each.given_at is not None and each.given_at > review.at for each in roles)
    text = ngettext(
        "Given since then: %(total)s role.",
        "Given since then: %(total)s roles.",
        new,
        total=number(new),
    )
    return text if new else None


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
        over_text(role.unit, role.training_id, trainings, lang),
        level_text(role.level, role.role),
        _through(role.until_on, today),
        _given(role),
        short_day(day_of_last_act(role)),
        Link(_("End role %(num)s", num=role.id), address),
    )


def _through(until_on: date | None, today: date) -> str:
    """Return the last day; one that is near says so."""
    if until_on is None:
        return _("no last day")
    last = short_day(until_on - timedelta(days=1))
    return _("%(day)s, soon", day=last) if until_on - today <= timedelta(days=SOON_DAYS) else last


def _given(role: HeldRole) -> str:
    """Return who gave a role, and when, as far as that is known."""
    parts = [role.given_by] if role.given_by else []
    if role.given_at is not None:
        parts.append(short_day(role.given_at.astimezone(AMSTERDAM).date()))
    return ", ".join(parts) or NO_SHARE
