"""The end of a rule: from which day, what that does, and the button that does it."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import NotFound
from elearning.learning.assignment import Rule
from elearning.services.assign_training import end_rule, running_rule, was_made
from elearning.services.in_scope import rule_of
from elearning.services.preview_rule import preview_end
from elearning.services.unit_tree import read_unit_facts
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.assignment_page import EndPage, end_effects, title_of
from elearning.web.i18n import language
from elearning.web.rule_words import applies_text
from elearning.web.state import clock, library

blueprint = Blueprint("rule_end", __name__, url_prefix="/hr/toewijzing")


@blueprint.get("/<code>/einde")
@requires(Role.HR_CENTRAL, everywhere=True)
def ask(code: str) -> ResponseReturnValue:
    """Ask from which day, and show what that does; nothing is saved."""
    given = request.args.get("dag")
    if given is None:
        return _page(code, None, None)
    day = _day(given)
    if day is None:
        words = _("Choose today or a later day, before the rule ends by itself")
        return _page(code, None, words), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(code, day, None)


@blueprint.post("/<code>/einde")
@requires(Role.HR_CENTRAL, everywhere=True)
def confirm(code: str) -> ResponseReturnValue:
    """Let it end; a second time nothing happens."""
    day, session = _day(request.form.get("dag", "")), transaction.session()
    if day is None:
        return redirect(url_for(".ask", code=code), code=HTTPStatus.SEE_OTHER)
    if not was_made(session, code):
        raise NotFound("no such rule")
    if _runs(code, day):
        end_rule(session, code=code, until_on=day, made_by=person_id(), clock=clock())
    flash(_("The rule has an end now. Nothing that was obtained has changed."), "positive")
    return redirect(url_for("assignment.overview"), code=HTTPStatus.SEE_OTHER)


def _runs(code: str, day: date) -> bool:
    try:
        running_rule(transaction.session(), code, day=day)
    except NotFound:
        return False
    return True


def _day(text: str) -> date | None:
    """Return a day from today on; None for anything else."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day >= clock().today() else None


def _page(code: str, day: date | None, error: str | None) -> str:
    session, today = transaction.session(), clock().today()
    effects: tuple[str, ...] = ()
    if day is None:
        rule = rule_of(running_rule(session, code, day=today))
    else:
        found = preview_end(session, code=code, until_on=day, clock=clock())
        rule, effects = found.rule, end_effects(found, day)
    page = EndPage(
        code=code,
        title=title_of(rule.training_id, library().trainings, language()),
        applies=_applies(rule),
        day=request.args.get("dag", today.isoformat()),
        error=error,
        effects=effects,
    )
    return render_template("hr/assignment_end.html", page=page)


def _applies(rule: Rule) -> str:
    units = read_unit_facts(transaction.session()).by_code(clock().today())
    return applies_text(rule.predicate, units, language())
