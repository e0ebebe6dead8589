"""Exemptions: who has one, giving one in four short steps, and ending one early."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import Conflict, SameEyes
from elearning.services import exempt as use_case
from elearning.services.exempt_whom import (
    Candidate,
    candidate,
    due_day,
    find_candidates,
)
from elearning.services.exemptions import ExemptionState, exemption_rows, exemptions_page
from elearning.services.reading_log import About, PersonReading
from elearning.storage.audit import AuditKind
from elearning.storage.completion import ExemptionCode
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id as my_id
from elearning.web.access import requires
from elearning.web.hr.exempt_form import ExemptForm, empty_exempt_form, read_exempt_form
from elearning.web.hr.exempt_page import check_page, end_page, who_page, why_page
from elearning.web.hr.exemptions_page import (
    ExemptionsAsked,
    about_text,
    exemptions_sheet,
    exemptions_view,
)
from elearning.web.hr.filters import one_of
from elearning.web.hr.people_page import ROWS_A_PAGE
from elearning.web.hr.question import Question, open_here, question
from elearning.web.hr.sheet import FileKind, as_file
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock

blueprint = Blueprint("exemptions", __name__)


@blueprint.get("/hr/vrijstellingen")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview() -> ResponseReturnValue:
    """Show who is exempt, was, or will be."""
    this, lang = question(), language()
    note(this.reading(AuditKind.PEOPLE_READ))
    asked = _asked(this)
    found = exemptions_page(
        transaction.session(),
        this.query,
        asked.chosen(),
        page=asked.base.page,
        page_size=ROWS_A_PAGE,
    )
    view = exemptions_view(
        found, asked, this.query, whole=this.whole, trainings=open_here(), lang=lang
    )
    return render_template("hr/exemptions.html", page=view, about=about_text())


@blueprint.get("/hr/vrijstellingen/nieuw")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def who() -> ResponseReturnValue:
    """Ask whom it is about; names are looked for within the scope only."""
    this = _now()
    text = request.args.get("zoek", "")
    found = find_candidates(transaction.session(), this.query, text)
    if found:
        note(this.reading(AuditKind.PEOPLE_READ))
    view = who_page(found, text, this.query, trainings=open_here(), lang=language())
    return render_template("hr/exempt_who.html", page=view)


@blueprint.get("/hr/vrijstellingen/nieuw/<uuid:person_id>")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def why(person_id: UUID) -> ResponseReturnValue:
    """Ask for the reason, from a short list, and the last day."""
    this = _now()
    return _why(this, _whom(this, person_id), empty_exempt_form(request.args))


@blueprint.get("/hr/vrijstellingen/nieuw/<uuid:person_id>/controle")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def check(person_id: UUID) -> ResponseReturnValue:
    """Show what the exemption would be, before anything is saved."""
    this = _now()
    whom, form = _whom(this, person_id), read_exempt_form(request.args, clock().today())
    draft = _draft(this, whom, form)
    if draft is not None:
        _check(this, form, draft)
    if form.errors:
        return _why(this, whom, form), HTTPStatus.UNPROCESSABLE_ENTITY
    _note(this, whom.id)
    return render_template("hr/exempt_check.html", page=check_page(whom, form, this, language()))


@blueprint.post("/hr/vrijstellingen/nieuw/<uuid:person_id>/controle")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def give(person_id: UUID) -> ResponseReturnValue:
    """Give the exemption, from today."""
    this = _now()
    whom, form = _whom(this, person_id), read_exempt_form(request.form, clock().today())
    draft = _draft(this, whom, form)
    if draft is not None and _check(this, form, draft):
        use_case.exempt(
            transaction.session(),
            scope=this.query.scope,
            draft=draft,
            granted_by=my_id(),
            clock=clock(),
        )
    if form.errors:
        return _why(this, whom, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("%(name)s is exempt.", name=whom.name), "positive")
    return _to_overview(this)


@blueprint.get("/hr/vrijstellingen/<int:exemption_id>/beeindigen")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def end(exemption_id: int) -> ResponseReturnValue:
    """Show what ending an exemption means, before anything is saved."""
    this = _now()
    row, name = use_case.running_exemption(
        transaction.session(),
        scope=this.query.scope,
        training_id=this.query.training.id,
        exemption_id=exemption_id,
        today=clock().today(),
    )
    _note(this, row.person_id)
    due_on = due_day(transaction.session(), this.query, row.person_id)
    view = end_page(row, name, due_on, this, language())
    return render_template("hr/exempt_end.html", page=view)


@blueprint.post("/hr/vrijstellingen/<int:exemption_id>/beeindigen")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def end_now(exemption_id: int) -> ResponseReturnValue:
    """End the exemption, from today."""
    this = _now()
    has_held = use_case.end_exemption(
        transaction.session(),
        scope=this.query.scope,
        training_id=this.query.training.id,
        exemption_id=exemption_id,
        ended_by=my_id(),
        clock=clock(),
    )
    words = _("The exemption has ended. What it was stays in the list.")
    if not has_held:
        words = _("The exemption is taken back. It held on no day, so the list does not show it.")
    flash(words, "positive")
    return _to_overview(this)


def _exemptions_file(kind: FileKind) -> ResponseReturnValue:
    this = question()
    note(this.reading(AuditKind.PEOPLE_EXPORTED, kind))
    asked = _asked(this)
    rows = exemption_rows(transaction.session(), this.query, asked.chosen())
    return as_file(exemptions_sheet(rows, asked, this.making()), kind, language())


@blueprint.get("/hr/vrijstellingen.csv")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview_csv() -> ResponseReturnValue:
    """Give the same exemptions as a CSV, all of them."""
    return _exemptions_file(FileKind.CSV)


@blueprint.get("/hr/vrijstellingen.xlsx")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview_xlsx() -> ResponseReturnValue:
    """Give the same exemptions as a workbook."""
    return _exemptions_file(FileKind.XLSX)


@blueprint.get("/hr/vrijstellingen.json")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview_json() -> ResponseReturnValue:
    """Give the same exemptions as data."""
    return _exemptions_file(FileKind.JSON)


def _asked(this: Question) -> ExemptionsAsked:
    state = one_of(ExemptionState, request.args.get("stand", ""))
    return ExemptionsAsked(this.asked, state, one_of(ExemptionCode, request.args.get("reden", "")))


def _now() -> Question:
    """Return the question about today: an exemption begins and ends on the day it is decided."""
    return question(args={"training": request.values.get("training", "")})


def _whom(this: Question, person_id: UUID) -> Candidate:
    return candidate(transaction.session(), this.query, person_id)


def _draft(this: Question, whom: Candidate, form: ExemptForm) -> use_case.ExemptionDraft | None:
    found = form.draft()
    if found is None:
        return None
    return use_case.ExemptionDraft(
        whom.number, this.query.training.id, found[0], clock().today(), found[1]
    )


def _check(this: Question, form: ExemptForm, draft: use_case.ExemptionDraft) -> bool:
    """Say whether the exemption can be given; what stands in its way goes to its field."""
    try:
        use_case.check_draft(
            transaction.session(),
            scope=this.query.scope,
            draft=draft,
            granted_by=my_id(),
            today=clock().today(),
        )
    except SameEyes:
        form.errors["reden"] = _("This is you. Ask a colleague of HR.")
    except Conflict:
        form.errors["tot"] = _("In these days another exemption holds already")
    return not form.errors


def _why(this: Question, whom: Candidate, form: ExemptForm) -> str:
    _note(this, whom.id)
    view = why_page(whom, form, this, language())
    return render_template("hr/exempt_why.html", page=view, form=form)


def _note(this: Question, person_id: UUID) -> None:
    note(PersonReading(person_id, About.EXEMPTION, this.query.training.id))


def _to_overview(this: Question) -> ResponseReturnValue:
    href = url_for(".overview", training=this.query.training.id)
    return redirect(href, code=HTTPStatus.SEE_OTHER)
