"""A new unit: the first one, which is the institution, or one below another from a day on."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.services.change_units import add_unit
from elearning.services.hr_scope import whole_institution
from elearning.services.unit_tree import UnitFacts, read_unit_facts
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.structure_form import Problems
from elearning.web.hr.unit_add_form import Answers, new_unit, read_answers
from elearning.web.hr.unit_add_page import unit_add_page
from elearning.web.i18n import language
from elearning.web.state import clock

# Not below /hr/indeling: there every word is the code of a unit.
blueprint = Blueprint("unit_add", __name__, url_prefix="/hr/nieuwe-eenheid")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def ask() -> ResponseReturnValue:
    """Ask for its code, its names and where it stands."""
    facts = read_unit_facts(transaction.session())
    return _page(read_answers({}, today=clock().today()), facts, {})


@blueprint.post("")
@requires(Role.HR_CENTRAL, everywhere=True)
def add() -> ResponseReturnValue:
    """Add the unit; nobody works in it yet, so no figure changes."""
    session = transaction.session()
    facts, answers = read_unit_facts(session), read_answers(request.form, today=clock().today())
    found, problems = new_unit(answers, facts)
    if found is None:
        return _page(answers, facts, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    add_unit(
        session,
        code=found.code,
        names=found.names,
        below=found.below,
        day=found.day,
        made_by=person_id(),
        clock=clock(),
    )
    flash(_("The unit is there. A roster can name its code from now on."), "positive")
    return redirect(url_for("structure.overview"), code=HTTPStatus.SEE_OTHER)


def _page(answers: Answers, facts: UnitFacts, problems: Problems) -> str:
    day = clock().today()
    scope = whole_institution(transaction.session(), day=day) if facts.units else None
    page = unit_add_page(answers, scope, problems, language())
    return render_template("hr/unit_add.html", page=page)
