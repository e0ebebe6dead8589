"""The steps of giving a role as answers: each by itself, or the one where something is wrong."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import NotFound, SignInRefused, TooManyTries
from elearning.services.hr_scope import HrScope, whole_institution
from elearning.services.reading_log import About, PersonReading
from elearning.services.review_access import held_roles
from elearning.services.role_receiver import Receiver
from elearning.services.role_wish import Wish
from elearning.services.seed_demo import demo_accounts
from elearning.web import transaction
from elearning.web.hr.give_form import GiveForm
from elearning.web.hr.give_page import Whom, check_page, over_page, role_page
from elearning.web.hr.people_page import unit_choices
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock, library, settings


def draw_who(number: str, error: str | None) -> str:
    """Return the step that asks for a staff number."""
    return render_template("hr/give_who.html", number=number, error=error)


def draw_role(found: Receiver, form: GiveForm) -> str:
    """Return the step that asks which role."""
    return render_template("hr/give_role.html", page=role_page(_whom(found)), form=form)


def draw_over(found: Receiver, form: GiveForm) -> str:
    """Return the step that asks over what."""
    scope = _units(form)
    units = () if scope is None else unit_choices(scope, language())
    return render_template(
        "hr/give_over.html", page=over_page(_whom(found), form, units), form=form
    )


def draw_check(
    found: Receiver,
    form: GiveForm,
    wish: Wish,
    refusal: SignInRefused | TooManyTries | None = None,
) -> ResponseReturnValue:
    """Return the step before anything is saved, also with what was wrong with the password."""
    scope = _units(form)
    unit = None if scope is None or wish.unit_code is None else scope.tree.find(wish.unit_code)
    page = check_page(_whom(found), form, wish, unit)
    text, status = _password_answer(refusal)
    # Whoever looks around in a demo got in by a button, and has never seen a password.
    known = demo_accounts()[0].password if settings().is_demo else None
    return render_template("hr/give_check.html", page=page, error=text, known=known), status


def draw_wrong(found: Receiver, form: GiveForm) -> ResponseReturnValue:
    """Return the earliest step at which something is wrong, with all that was answered."""
    if "nummer" in form.errors:
        page = draw_who(found.number, form.errors["nummer"])
    elif "rol" in form.errors:
        page = draw_role(found, form)
    else:
        page = draw_over(found, form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _whom(found: Receiver) -> Whom:
    note(PersonReading(found.id, About.ROLE))
    roles = held_roles(transaction.session(), clock=clock(), person_id=found.id)
    return Whom(found, roles, library().trainings, language())


def _units(form: GiveForm) -> HrScope | None:
    """Return the units of today; None where there is none yet."""
    try:
        return whole_institution(transaction.session(), day=form.today)
    except NotFound:
        return None


def _password_answer(
    refusal: SignInRefused | TooManyTries | None,
) -> tuple[str | None, HTTPStatus]:
    if refusal is None:
        return None, HTTPStatus.OK
    if isinstance(refusal, TooManyTries):
        return _("Try again in 15 minutes."), HTTPStatus.TOO_MANY_REQUESTS
    return _("This is not your password."), HTTPStatus.UNPROCESSABLE_ENTITY
