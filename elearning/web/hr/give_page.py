"""What the steps of giving a role show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from elearning.learning.training import Training
from elearning.services.review_access import HeldRole
from elearning.services.role_receiver import Receiver
from elearning.services.role_wish import Wish
from elearning.services.unit_tree import UnitNode
from elearning.storage.people import Level, Role
from elearning.web.hr.access_words import (
    held_text,
    level_text,
    role_text,
    through_text,
    training_text,
    unit_text,
)
from elearning.web.hr.give_form import GiveForm, usual_last_day
from elearning.web.hr.give_words import follows, opens
from elearning.web.hr.words import long_day
from elearning.web.parts import Choice
from elearning.web.privacy_report.roles import role_words

Facts = tuple[tuple[str, str], ...]
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Whom:
    """Who gets the role, with what they have already; every step after the first shows it."""

    receiver: Receiver
    roles: Sequence[HeldRole]
    trainings: Mapping[str, Training]
    lang: str

    def facts(self) -> Facts:
        """Return what tells that it is the right person."""
        units = ", ".join(each.name(self.lang) for each in self.receiver.units)
        held = "; ".join(held_text(each, self.trainings, self.lang) for each in self.roles)
        return (
            (_("Name"), self.receiver.name),
            (_("Staff number"), self.receiver.number),
            (_("Unit"), units or _("No appointment here today")),
            (_("Roles now"), held or _("None")),
        )


@dataclass(frozen=True, slots=True)
class RolePage:
    """The step that asks which role."""

    facts: Facts
    choices: tuple[Choice, ...]
    action: str


@dataclass(frozen=True, slots=True)
class OverPage:
    """The step that asks over what, with or without names, and through which day."""

    facts: Facts
    role: str
    units: Options
    trainings: Options
    levels: tuple[Choice, ...]
    last_day: str
    latest: str
    action: str
    back: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The step before anything is saved: what, what it opens, and what follows."""

    facts: Facts
    opens: tuple[str, ...]
    follows: tuple[str, ...]
    action: str
    back: str


def role_page(whom: Whom) -> RolePage:
    """Return the step that asks which role, each with what it is for."""
    words = role_words()
    return RolePage(
        facts=whom.facts(),
        choices=tuple(
            Choice(each.value, role_text(each), hint=words[each][1])
            for each in Role
            if each is not Role.LEARNER
        ),
        action=url_for(".over", person_id=whom.receiver.id),
    )


def over_page(whom: Whom, form: GiveForm, units: Options) -> OverPage:
    """Return the step that asks over what; the last day begins with the latest there can be."""
    titles = tuple((each.id, each.title[whom.lang]) for each in whom.trainings.values())
    latest = usual_last_day(form.today)
    first = ("", _("Choose a unit") if form.needs_unit else _("The institution"))
    return OverPage(
        facts=whom.facts(),
        role=role_text(form.role or Role.LEARNER),
        units=_with_given((first, *units), form.given["eenheid"]),
        trainings=_with_given((("", _("Every training")), *titles), form.given["training"]),
        levels=(
            Choice(
                Level.NAMED.value, _("With names"), hint=_("Who has completed it, person by person")
            ),
            Choice(
                Level.COUNTS.value,
                _("No names"),
                hint=_("Only frozen reports, without small groups"),
            ),
        ),
        last_day=form.given["tot"] or ("" if form.errors else latest.isoformat()),
        latest=long_day(latest),
        action=url_for(".check", person_id=whom.receiver.id),
        back=url_for(".role", person_id=whom.receiver.id, rol=form.given["rol"]),
    )


def _with_given(options: Options, given: str) -> Options:
    """Return the options, with what was given but is not among them, so that it is kept."""
    return options if given in dict(options) else (*options, (given, given))


def check_page(whom: Whom, form: GiveForm, wish: Wish, unit: UnitNode | None) -> CheckPage:
    """Return the step before saving."""
    answers = urlencode({name: value for name, value in form.given.items() if value})
    return CheckPage(
        facts=(*whom.facts(), *_about(whom, form, wish, unit)),
        opens=tuple(opens(wish, whom.receiver.name)),
        follows=tuple(follows(whom.receiver)),
        action=f"{url_for('.give', person_id=whom.receiver.id)}?{answers}",
        back=f"{url_for('.over', person_id=whom.receiver.id)}?{answers}",
    )


def _about(whom: Whom, form: GiveForm, wish: Wish, unit: UnitNode | None) -> Facts:
    over = (
        (_("Over"), unit_text(unit, whom.lang)),
        (_("Training"), training_text(wish.training_id, whom.trainings, whom.lang)),
    )
    return (
        (_("Role"), role_text(wish.role)),
        *(over if form.has_scope else ()),
        (_("Names"), level_text(wish.level or Level.COUNTS, wish.role)),
        (_("From"), long_day(form.today)),
        (_("Through"), through_text(wish.until_on)),
    )
