"""What the steps of giving a role take from an address or a form, and what is wrong with it.

The answers stand in the address from step to step, so that going back and the other language work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _

from elearning.services.hr_scope import HR_ROLES
from elearning.services.role_wish import HAVE_NO_SCOPE, NEED_A_UNIT, Refusal, Wish, latest_end
from elearning.storage.people import Level, Role
from elearning.web.hr.filters import one_of, read_date
from elearning.web.hr.give_words import refusal_text

FIELDS = ("rol", "eenheid", "training", "namen", "tot")
LONGEST_VALUE = 100
FIELD_OF = {
    Refusal.NOBODY: "nummer",
    Refusal.LEFT: "nummer",
    Refusal.OWN: "nummer",
    Refusal.LEARNER: "rol",
    Refusal.NEEDS_UNIT: "eenheid",
    Refusal.TAKES_NO_UNIT: "eenheid",
    Refusal.NO_UNIT: "eenheid",
    Refusal.TAKES_NO_TRAINING: "training",
    Refusal.NO_TRAINING: "training",
    Refusal.OPENS_NO_NAMES: "namen",
    Refusal.DAY: "tot",
}


@dataclass(slots=True)
class GiveForm:
    """The answers as they were given, by the name of each field; `errors` likewise."""

    given: Mapping[str, str]
    today: date
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def role(self) -> Role | None:
        """Return the role that was chosen."""
        return one_of(Role, self.given["rol"])

    @property
    def has_scope(self) -> bool:
        """Say whether to ask for unit and training; also where one was given that cannot be."""
        return self.role not in HAVE_NO_SCOPE or not self.errors.keys().isdisjoint(
            {"eenheid", "training"}
        )

    @property
    def needs_unit(self) -> bool:
        """Say whether the role is for one unit."""
        return self.role in NEED_A_UNIT

    @property
    def has_level(self) -> bool:
        """Say whether to ask with or without names; also where that was given and cannot be."""
        return self.role in HR_ROLES or "namen" in self.errors

    @property
    def last(self) -> date | None:
        """Return the last day, as far as it is one."""
        return read_date(self.given["tot"])

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """Return the errors as the summary on top wants them."""
        return tuple((text, name) for name, text in self.errors.items())

    def check_role(self) -> None:
        """Note what is wrong with the role."""
        if self.role is None:
            self.errors["rol"] = _("Choose a role")
        elif self.role is Role.LEARNER:
            self.refuse([Refusal.LEARNER])

    def check_all(self) -> None:
        """Note every answer that is missing or is none."""
        self.check_role()
        if self.role in HR_ROLES and one_of(Level, self.given["namen"]) is None:
            self.errors["namen"] = _("Choose with names, or without")
        if self.last is None:
            self.errors["tot"] = _("Fill in a day")

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Note why the role cannot be given, each at its own field."""
        for each in refusals:
            if each is Refusal.HELD and self.errors:
                continue  # which role it is, is not known before the rest is right
            self.errors.setdefault(self._field_of(each), refusal_text(each, self.today))

    def wish(self, number: str) -> Wish | None:
        """Return the role that the answers make, also with errors; None without any role.

        Without a last day it is the usual one, so that all that is wrong can be told at once.
        """
        if self.role is None:
            return None
        return Wish(
            person_number=number,
            role=self.role,
            unit_code=self.given["eenheid"] or None,
            training_id=self.given["training"] or None,
            level=one_of(Level, self.given["namen"]),
            until_on=None if self.last is None else _first_day_after(self.last),
        )

    def _field_of(self, refusal: Refusal) -> str:
        """Return where a refusal stands; a role that is held is about what makes it another."""
        held = "rol" if self.role in HAVE_NO_SCOPE else "eenheid"
        return FIELD_OF.get(refusal, held)


def _first_day_after(last: date) -> date:
    return last if last == date.max else last + timedelta(days=1)


def read_give_form(values: Mapping[str, str], today: date) -> GiveForm:
    """Return the answers in an address or a form, without a judgement."""
    return GiveForm({name: typed(values, name) for name in FIELDS}, today)


def typed(values: Mapping[str, str], name: str) -> str:
    """Return what was filled in, without what nobody can type."""
    return "".join(filter(str.isprintable, values.get(name, ""))).strip()[:LONGEST_VALUE]


def usual_last_day(today: date) -> date:
    """Return the last day that a role has where nobody says otherwise, and can have."""
    return latest_end(today) - timedelta(days=1)
