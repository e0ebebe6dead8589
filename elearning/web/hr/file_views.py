"""Workbooks that are made in the background: ask for one, see how far it is, fetch it."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import NotFound
from elearning.integrations.export_folder import ExportFolder
from elearning.services.export_jobs import ask_again, ask_for_file, own_file
from elearning.services.hr_scope import open_trainings
from elearning.services.reading_log import Reading
from elearning.storage.audit import AuditKind
from elearning.storage.jobs import ExportJob, JobState
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires, signed_in
from elearning.web.hr.file_page import file_page
from elearning.web.hr.filters import read_asked
from elearning.web.hr.people_list import EVERYONE, LISTS
from elearning.web.hr.question import Question, question_of
from elearning.web.hr.sheet import MEDIA_TYPES, FileKind
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock, library, settings

blueprint = Blueprint("files", __name__)


@blueprint.post("/hr/bestanden")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def ask() -> ResponseReturnValue:
    """Have the people of a question put into a workbook."""
    this = _question(dict(request.args))
    job_id = ask_for_file(
        transaction.session(),
        asked_by=person_id(),
        question=this.asked.question(),
        lang=language(),
        clock=clock(),
    )
    _wake_a_worker()
    return redirect(url_for(".show", job_id=job_id), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/hr/bestanden/<uuid:job_id>")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def show(job_id: UUID) -> ResponseReturnValue:
    """Show how far a file is; looks again by itself unless somebody would rather not."""
    job = _own(job_id)
    this = _question(dict(parse_qsl(job.question)))
    is_quiet = "stil" in request.args
    page = file_page(job, this.asked.people_address(), clock(), is_quiet=is_quiet)
    response = make_response(render_template("hr/file.html", page=page))
    if page.refresh is not None:
        response.headers["Refresh"] = str(page.refresh)
    return response


@blueprint.post("/hr/bestanden/<uuid:job_id>")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def again(job_id: UUID) -> ResponseReturnValue:
    """Try once more to make a file that could not be made."""
    ask_again(transaction.session(), job_id=job_id, asked_by=person_id(), clock=clock())
    _wake_a_worker()
    return redirect(url_for(".show", job_id=job_id), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/hr/bestanden/<uuid:job_id>/bestand")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def download(job_id: UUID) -> ResponseReturnValue:
    """Give a file to who asked for it, while they may still see all that is in it."""
    job = _own(job_id)
    this = _question(dict(parse_qsl(job.question)))
    path = ExportFolder(settings().exports).file(job.id)
    if job.state is not JobState.READY or not path.is_file():
        raise NotFound("the file is not there")
    _note(job, this)
    name = _("staff-%(day)s", day=this.asked.day.isoformat())
    answer = send_file(
        path,
        mimetype=MEDIA_TYPES[FileKind.XLSX],
        as_attachment=True,
        download_name=f"{name}.{FileKind.XLSX}",
        etag=False,
        last_modified=None,
        conditional=False,
    )
    # As everything of a person, it is not kept by any cache; the site's own rule says so.
    del answer.headers["Cache-Control"]
    return answer


def _wake_a_worker() -> None:
    """Let a worker look at once for what was asked.

    Nobody else needs the queue, which brings a driver for each place that it can be in: 10 MB.
    """
    from elearning.integrations.job_queue import wake_for_files  # noqa: PLC0415

    wake_for_files(settings())


def _own(job_id: UUID) -> ExportJob:
    return own_file(transaction.session(), job_id=job_id, asked_by=person_id(), clock=clock())


def _question(args: dict[str, str]) -> Question:
    """Return a question, within what this person may see today."""
    grants = signed_in().grants
    trainings = open_trainings(grants, library().trainings)
    listed = LISTS.get(args.get("lijst", ""), EVERYONE)
    usual = next(iter(trainings))
    asked = read_asked(args, usual_training=usual, today=clock().today(), listed=listed)
    return question_of(transaction.session(), asked, grants=grants, trainings=trainings)


def _note(job: ExportJob, this: Question) -> None:
    """Note that the file is read, by each unit in it; raises `NotFound` for one out of sight."""
    units = this.whole.units
    if not job.unit_ids or not all(unit_id in units for unit_id in job.unit_ids):
        raise NotFound("the file holds more than may be seen today")
    for unit_id in job.unit_ids:
        scope = this.whole.within(units[unit_id])
        day, training = this.query.day, this.query.training.id
        note(Reading(AuditKind.PEOPLE_EXPORTED, training, scope, day, FileKind.XLSX))
