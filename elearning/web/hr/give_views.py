"""Giving a role: to whom, which, over what, and a check; for administrators only.

Nothing is kept between the steps but what stands in the address. The last one asks for the password
of who gives: an open browser is not enough (docs/decisions/0019).
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import SignInRefused, TooManyTries
from elearning.services.fresh_sign_in import confirm_own_password
from elearning.services.hand_out_role import (
    RoleRefused,
    hand_out_refusals,
    hand_out_role,
    person_refusal,
)
from elearning.services.role_receiver import Receiver, find_receiver, receiver
from elearning.services.role_wish import Refusal, Wish
from elearning.services.throttle import Limit, count_try
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id as my_id
from elearning.web.access import requires
from elearning.web.hr.access_words import role_text, through_text
from elearning.web.hr.give_answers import (
    draw_check,
    draw_over,
    draw_role,
    draw_who,
    draw_wrong,
)
from elearning.web.hr.give_form import GiveForm, read_give_form, typed
from elearning.web.hr.give_words import refusal_text
from elearning.web.state import clock, library, settings

# Numbers that can be looked up: enough for who gives roles all morning, too few to try them all.
LOOK_UPS = Limit("look up a staff number", tries=30, window=timedelta(minutes=15))
blueprint = Blueprint("give_role", __name__, url_prefix="/hr/toegang/geven")


@blueprint.get("")
@requires(Role.ADMIN, everywhere=True)
def who() -> ResponseReturnValue:
    """Ask who gets a role."""
    return draw_who("", None)


@blueprint.post("")
@requires(Role.ADMIN, everywhere=True)
def answer_who() -> ResponseReturnValue:
    """Lead to the next step; the address from there on has no staff number."""
    number = typed(request.form, "nummer")
    if not number:
        return draw_who("", _("Fill in the staff number")), HTTPStatus.UNPROCESSABLE_ENTITY
    session, key = transaction.session(), settings().secret_key
    count_try(session, limit=LOOK_UPS, subject=str(my_id()), key=key, clock=clock())
    transaction.keep_changes()
    found = find_receiver(session, number=number, today=clock().today())
    refusal = person_refusal(found, my_id())
    if found is None or refusal is not None:
        text = refusal_text(refusal or Refusal.NOBODY, clock().today())
        return draw_who(number, text), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for(".role", person_id=found.id), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/<uuid:person_id>")
@requires(Role.ADMIN, everywhere=True)
def role(person_id: UUID) -> ResponseReturnValue:
    """Ask which role."""
    found, form = _asked(person_id)
    return draw_wrong(found, form) if form.errors else draw_role(found, form)


@blueprint.get("/<uuid:person_id>/waarover")
@requires(Role.ADMIN, everywhere=True)
def over(person_id: UUID) -> ResponseReturnValue:
    """Ask over what, with or without names, and through which day."""
    found, form = _asked(person_id)
    form.check_role()
    return draw_wrong(found, form) if form.errors else draw_over(found, form)


@blueprint.get("/<uuid:person_id>/controle")
@requires(Role.ADMIN, everywhere=True)
def check(person_id: UUID) -> ResponseReturnValue:
    """Show what the role would open, before anything is saved."""
    found, form = _asked(person_id)
    form.check_all()
    wish = form.wish(found.number)
    if wish is not None:
        form.refuse(
            hand_out_refusals(
                transaction.session(),
                wish=wish,
                trainings=library().trainings,
                given_by=my_id(),
                today=form.today,
            )
        )
    if wish is None or form.errors:
        return draw_wrong(found, form)
    return draw_check(found, form, wish)


@blueprint.post("/<uuid:person_id>/controle")
@requires(Role.ADMIN, everywhere=True)
def give(person_id: UUID) -> ResponseReturnValue:
    """Give the role, from now on."""
    found, form = _asked(person_id)
    form.check_all()
    wish = form.wish(found.number)
    if wish is None or form.errors:
        return draw_wrong(found, form)
    try:
        _confirm_password()
        _give(wish)
    except (SignInRefused, TooManyTries) as refusal:
        transaction.keep_changes()
        return draw_check(found, form, wish, refusal)
    except RoleRefused as refused:
        form.refuse(refused.refusals)
        return draw_wrong(found, form)
    text = _(
        "%(name)s has the role now: %(role)s, through %(day)s.",
        name=found.name,
        role=role_text(wish.role),
        day=through_text(wish.until_on),
    )
    flash(text, "positive")
    return redirect(url_for("access.overview"), code=HTTPStatus.SEE_OTHER)


def _asked(person_id: UUID) -> tuple[Receiver, GiveForm]:
    """Return who it is about and the answers so far; who can get no role is wrong with them."""
    today = clock().today()
    found = receiver(transaction.session(), person_id=person_id, today=today)
    form = read_give_form(request.args, today)
    refusal = person_refusal(found, my_id())
    form.refuse([] if refusal is None else [refusal])
    return found, form


def _confirm_password() -> None:
    confirm_own_password(
        transaction.session(),
        person_id=my_id(),
        password=request.form.get("wachtwoord", ""),
        key=settings().secret_key,
        clock=clock(),
    )


def _give(wish: Wish) -> None:
    hand_out_role(
        transaction.session(),
        wish=wish,
        trainings=library().trainings,
        given_by=my_id(),
        clock=clock(),
    )
