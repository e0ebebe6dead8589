"""A list of people for a training: pasted or uploaded, looked over, and saved by a button."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import InvalidInput, NotFound
from elearning.services.hr_scope import whole_institution
from elearning.services.list_people import ListDraft, apply_list, preview_list
from elearning.services.number_list import NumberList, example, read_numbers
from elearning.services.reading_log import Reading
from elearning.services.rule_list import first_names
from elearning.services.stage_roster import forget_upload, stage_roster, staged_roster
from elearning.services.unit_tree import read_unit_facts
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.assignment_answers import Answers, read_answers
from elearning.web.hr.assignment_forms import Problems
from elearning.web.hr.people_list_page import (
    check_address,
    draft_of,
    list_check_page,
    list_page,
    list_problems,
)
from elearning.web.hr.sheet import BYTE_ORDER_MARK
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock, library

MOST_NAMES = 10

blueprint = Blueprint("people_list", __name__, url_prefix="/hr/toewijzing/lijst")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def ask() -> ResponseReturnValue:
    """Ask which training, whom and from when."""
    return _ask(read_answers(request.args), {})


@blueprint.post("")
@requires(Role.HR_CENTRAL, everywhere=True)
def upload() -> ResponseReturnValue:
    """Keep the list for a day and lead to what it would do."""
    answers = read_answers(request.form)
    problems = list_problems(answers, library().trainings, clock().today())
    try:
        numbers = read_numbers(_sent())
    except InvalidInput:
        problems["nummers"] = _("Fill in staff numbers, one on each line, or choose a file")
    if problems:
        return _ask(answers, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    content = numbers.text().encode()
    upload_id = stage_roster(
        transaction.session(), content=content, uploaded_by=person_id(), clock=clock()
    )
    return redirect(check_address(upload_id, answers, ".check"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/<uuid:upload_id>")
@requires(Role.HR_CENTRAL, everywhere=True)
def check(upload_id: UUID) -> ResponseReturnValue:
    """Show what a list would do; names are read here, so that is noted."""
    answers, session = read_answers(request.args), transaction.session()
    numbers = _staged(upload_id)
    if (draft := _draft(answers)) is None:
        return redirect(answers.address(".ask"), code=HTTPStatus.SEE_OTHER)
    scope = whole_institution(session, day=draft.from_on)
    note(Reading(AuditKind.PEOPLE_READ, draft.training_id, scope, draft.from_on))
    trainings, day = library().trainings, draft.from_on
    found = preview_list(session, draft=draft, numbers=numbers, trainings=trainings, clock=clock())
    facts = read_unit_facts(session)
    page = list_check_page(
        found,
        draft,
        first_names(session, found.new, facts=facts, day=day, most=MOST_NAMES),
        action=check_address(upload_id, answers, ".confirm"),
        trainings=trainings,
        lang=language(),
    )
    return render_template("hr/people_list_check.html", page=page)


@blueprint.post("/<uuid:upload_id>")
@requires(Role.HR_CENTRAL, everywhere=True)
def confirm(upload_id: UUID) -> ResponseReturnValue:
    """Save it; a list that was saved is gone, so twice is once."""
    answers, session = read_answers(request.args), transaction.session()
    numbers = _staged(upload_id)
    if (draft := _draft(answers)) is None:
        return redirect(answers.address(".ask"), code=HTTPStatus.SEE_OTHER)
    apply_list(
        session,
        draft=draft,
        numbers=numbers,
        trainings=library().trainings,
        made_by=person_id(),
        clock=clock(),
    )
    forget_upload(session, upload_id=upload_id)
    flash(_("The list is saved. Nothing that was obtained has changed."), "positive")
    return redirect(url_for("assignment.overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/voorbeeld.csv")
@requires(Role.HR_CENTRAL, everywhere=True)
def example_file() -> ResponseReturnValue:
    """Give a file with the heading and one number."""
    return Response(
        BYTE_ORDER_MARK + example(language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="voorbeeld.csv"'},
    )


def _sent() -> bytes:
    """Return the file that was sent, or else what was pasted."""
    file = request.files.get("bestand")
    content = b"" if file is None else file.read()
    return content or request.form.get("nummers", "").encode()


def _staged(upload_id: UUID) -> NumberList:
    content = staged_roster(
        transaction.session(), upload_id=upload_id, uploaded_by=person_id(), clock=clock()
    )
    try:
        return read_numbers(content)
    except InvalidInput:
        raise NotFound("no such list") from None


def _draft(answers: Answers) -> ListDraft | None:
    return draft_of(answers, library().trainings, clock().today())


def _ask(answers: Answers, problems: Problems) -> str:
    page = list_page(
        answers,
        problems,
        library().trainings,
        numbers=request.form.get("nummers", ""),
        today=clock().today(),
        lang=language(),
    )
    return render_template("hr/people_list.html", page=page)
