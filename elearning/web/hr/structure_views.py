"""The tree of units: as of a day, and move, merge, close or rename from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import NotFound
from elearning.services.change_units import change_unit
from elearning.services.hr_scope import HrScope, whole_institution
from elearning.services.preview_unit_change import preview_change
from elearning.services.unit_change import ChangeKind, UnitChange
from elearning.services.unit_tree import read_unit_facts
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.structure_effects import effects_of, rules_of
from elearning.web.hr.structure_form import (
    KINDS,
    Asked,
    Problems,
    change_in,
    read_asked,
    read_day,
)
from elearning.web.hr.structure_page import change_page, structure_page, unit_page
from elearning.web.i18n import language
from elearning.web.state import clock

blueprint = Blueprint("structure", __name__, url_prefix="/hr/indeling")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show the units of a day."""
    day = read_day(request.args.get("dag", "")) or clock().today()
    page = structure_page(whole_institution(transaction.session(), day=day), day, language())
    return render_template("hr/structure.html", page=page)


@blueprint.get("/<code>")
@requires(Role.HR_CENTRAL, everywhere=True)
def unit(code: str) -> ResponseReturnValue:
    """Show what can become of a unit."""
    scope = _scope()
    page = unit_page(scope.find(code), scope, language())
    return render_template("hr/structure_unit.html", page=page)


@blueprint.get("/<code>/<kind>")
@requires(Role.HR_CENTRAL, everywhere=True)
def change(code: str, kind: str) -> ResponseReturnValue:
    """Ask from which day, and show what that does; nothing is saved."""
    asked = _asked(code, kind, request.args)
    if not asked.is_answered:
        return _page(asked, {}, None)
    found, problems = change_in(asked, read_unit_facts(transaction.session()))
    page = _page(asked, problems, found)
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if problems else page


@blueprint.post("/<code>/<kind>")
@requires(Role.HR_CENTRAL, everywhere=True)
def confirm(code: str, kind: str) -> ResponseReturnValue:
    """Change the tree; what is so already, or cannot be any more, leads back to the question."""
    session = transaction.session()
    if kind in KINDS and _scope().tree.find(code) is None:
        return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)
    found, problems = change_in(_asked(code, kind, request.form), read_unit_facts(session))
    if found is None or problems:
        return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)
    change_unit(session, found, made_by=person_id(), clock=clock())
    flash(
        _("The units are changed from that day on. The days before stay as they were."), "positive"
    )
    return redirect(url_for(".overview", dag=found.day.isoformat()), code=HTTPStatus.SEE_OTHER)


def _asked(code: str, kind: str, values: Mapping[str, str]) -> Asked:
    is_institution = kind in KINDS and _scope().find(code).parent_id is None
    if kind not in KINDS or (is_institution and KINDS[kind] is not ChangeKind.RENAME):
        raise NotFound("nothing of that kind becomes of this unit")
    return read_asked(KINDS[kind], code, values)


def _scope() -> HrScope:
    return whole_institution(transaction.session(), day=clock().today())


def _page(asked: Asked, problems: Problems, found: UnitChange | None) -> str:
    scope, session, today = _scope(), transaction.session(), clock().today()
    effects: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    if found is not None:
        preview = preview_change(session, found, clock=clock())
        effects = effects_of(preview, found, today=today)
        rules = rules_of(preview, scope, language())
    page = change_page(
        asked,
        scope.find(asked.code),
        scope,
        problems,
        effects=effects,
        rules=rules,
        today=today,
        lang=language(),
    )
    return render_template("hr/structure_change.html", page=page)
