"""The roster: upload it, look at what it would change, apply it, undo it for a day."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.services import import_roster as use_case
from elearning.services.reading_log import DetailsReading
from elearning.services.roster_changes import roster_changes
from elearning.services.roster_file import NoRoster, read_roster, template
from elearning.services.roster_plan import RosterPlan, last_import
from elearning.services.stage_roster import forget_upload, stage_roster, staged_roster
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.roster_changes_file import changes_sheet
from elearning.web.hr.roster_page import last_roster, plan_page
from elearning.web.hr.roster_words import columns_table, refusal_text
from elearning.web.hr.sheet import BYTE_ORDER_MARK, FileKind, as_file
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock

blueprint = Blueprint("roster", __name__)


@blueprint.get("/hr/rooster")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show the last roster, and where to upload the next."""
    return _overview_page(None)


@blueprint.post("/hr/rooster")
@requires(Role.HR_CENTRAL, everywhere=True)
def upload() -> ResponseReturnValue:
    """Keep a file and lead to what it would change; what is no roster is refused here."""
    sent = request.files.get("bestand")
    content = b"" if sent is None else sent.read()
    try:
        read_roster(content)
    except NoRoster as problem:
        words = (
            refusal_text(problem, language()) if content else _("Choose a file that is not empty")
        )
        return _overview_page(words), HTTPStatus.UNPROCESSABLE_ENTITY
    upload_id = stage_roster(
        transaction.session(), content=content, uploaded_by=person_id(), clock=clock()
    )
    return redirect(url_for(".plan", upload_id=upload_id), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/hr/rooster/<uuid:upload_id>")
@requires(Role.HR_CENTRAL, everywhere=True)
def plan(upload_id: UUID) -> ResponseReturnValue:
    """Show what a file would change."""
    found, _content = _looked_over(upload_id)
    return _plan_page(upload_id, found, None)


@blueprint.get("/hr/rooster/<uuid:upload_id>/wijzigingen.csv")
@requires(Role.HR_CENTRAL, everywhere=True)
def changes(upload_id: UUID) -> ResponseReturnValue:
    """Give what would change as a CSV, line by line; that it was taken along is noted first."""
    found, _content = _looked_over(upload_id)
    note(DetailsReading("roster", found.as_of, FileKind.CSV))
    lang = language()
    return as_file(changes_sheet(roster_changes(found), found.as_of, lang), FileKind.CSV, lang)


@blueprint.post("/hr/rooster/<uuid:upload_id>")
@requires(Role.HR_CENTRAL, everywhere=True)
def apply(upload_id: UUID) -> ResponseReturnValue:
    """Apply a file, whole or not at all."""
    found, content = _looked_over(upload_id)
    number = request.form.get("eindigt", "").strip()
    try:
        use_case.apply_roster(
            transaction.session(),
            plan=found,
            content=content,
            accepted_endings=int(number) if number.isascii() and number.isdecimal() else None,
            applied_by=person_id(),
            clock=clock(),
        )
    except use_case.TooManyEndings:
        words = _("Fill in %(num)s, if that many may end", num=found.brake)
        return _plan_page(upload_id, found, words), HTTPStatus.UNPROCESSABLE_ENTITY
    forget_upload(transaction.session(), upload_id=upload_id)
    flash(_("The roster is applied."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/hr/rooster/terug")
@requires(Role.HR_CENTRAL, everywhere=True)
def undo() -> ResponseReturnValue:
    """Undo the last roster; a page that is behind the times changes nothing."""
    number = request.form.get("rooster", "")
    wanted = int(number) if number.isascii() and number.isdecimal() else 0
    use_case.undo_roster(
        transaction.session(), import_id=wanted, undone_by=person_id(), clock=clock()
    )
    flash(_("The roster is undone. Everything is as it was before."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/hr/rooster/voorbeeld.csv")
@requires(Role.HR_CENTRAL, everywhere=True)
def example() -> ResponseReturnValue:
    """Give a file with the headings and one row."""
    return Response(
        BYTE_ORDER_MARK + template(language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="voorbeeld.csv"'},
    )


def _looked_over(upload_id: UUID) -> tuple[RosterPlan, bytes]:
    session = transaction.session()
    content = staged_roster(session, upload_id=upload_id, uploaded_by=person_id(), clock=clock())
    today = clock().today()
    return use_case.look_over_roster(session, content=content, as_of=today, clock=clock()), content


def _overview_page(error: str | None) -> str:
    last = last_import(transaction.session())
    page = None
    if last is not None:
        undo = use_case.may_undo(last, clock())
        page = last_roster(last, may_undo=undo, counts=last.counts)
    columns = columns_table(language())
    return render_template("hr/roster.html", last=page, columns=columns, error=error)


def _plan_page(upload_id: UUID, found: RosterPlan, error: str | None) -> str:
    page = plan_page(found, language())
    return render_template("hr/roster_plan.html", page=page, upload_id=upload_id, error=error)
