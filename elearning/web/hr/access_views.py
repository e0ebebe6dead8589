"""Who has access: HR of the institution and administrators look, confirm, and end roles."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import Conflict, NotFound
from elearning.services import review_access as use_case
from elearning.services.grant_role import end_role
from elearning.services.reading_log import About, PersonReading, RolesReading
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import may, person_id, requires, signed_in
from elearning.web.hr.access_page import access_page, end_page
from elearning.web.hr.access_sheet import access_sheet
from elearning.web.hr.forms import file_links
from elearning.web.hr.sheet import FileKind, as_file
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock, library

REVIEWERS = (Role.HR_CENTRAL, Role.ADMIN)
blueprint = Blueprint("access", __name__, url_prefix="/hr/toegang")


@blueprint.get("")
@requires(*REVIEWERS, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show every role that runs."""
    return _page()


@blueprint.post("")
@requires(*REVIEWERS, everywhere=True)
def confirm() -> ResponseReturnValue:
    """Log that exactly these roles were looked at; others are shown anew."""
    try:
        use_case.confirm_review(
            transaction.session(),
            digest=request.form.get("lijst", ""),
            reviewed_by=person_id(),
            clock=clock(),
        )
    except Conflict:
        words = _("The roles have changed since you opened this page. Look at them once more.")
        return _page(words), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The review is saved, with today's date and your name."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/<int:grant_id>")
@requires(*REVIEWERS, everywhere=True)
def check(grant_id: int) -> ResponseReturnValue:
    """Ask once more before a role ends."""
    role = next((each for each in _roles() if each.id == grant_id), None)
    if role is None:
        raise NotFound("no such role")
    note(PersonReading(role.person_id, About.ROLE))
    page = end_page(
        role,
        trainings=library().trainings,
        is_own=role.person_id == person_id(),
        lang=language(),
    )
    return render_template("hr/access_end.html", page=page, grant_id=grant_id)


@blueprint.post("/<int:grant_id>")
@requires(*REVIEWERS, everywhere=True)
def end(grant_id: int) -> ResponseReturnValue:
    """End a role today."""
    end_role(transaction.session(), grant_id=grant_id, ended_by=person_id(), clock=clock())
    flash(_("The role has ended. It opens nothing any more."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/lijst.csv")
@requires(*REVIEWERS, everywhere=True)
def csv() -> ResponseReturnValue:
    """Give the roles as a CSV."""
    return _file(FileKind.CSV)


@blueprint.get("/lijst.xlsx")
@requires(*REVIEWERS, everywhere=True)
def xlsx() -> ResponseReturnValue:
    """Give the roles as a workbook."""
    return _file(FileKind.XLSX)


@blueprint.get("/lijst.json")
@requires(*REVIEWERS, everywhere=True)
def json() -> ResponseReturnValue:
    """Give the roles as data."""
    return _file(FileKind.JSON)


def _file(kind: FileKind) -> ResponseReturnValue:
    roles = _roles()
    note(RolesReading(len(roles), kind.value))
    sheet = access_sheet(
        roles,
        trainings=library().trainings,
        made_by=signed_in().display_name,
        day=clock().today(),
        lang=language(),
    )
    return as_file(sheet, kind, language())


def _page(error: str | None = None) -> str:
    roles = _roles()
    note(RolesReading(len(roles)))
    page = access_page(
        roles,
        use_case.last_review(transaction.session()),
        trainings=library().trainings,
        address=lambda grant_id: url_for(".check", grant_id=grant_id),
        today=clock().today(),
        lang=language(),
    )
    files = file_links(lambda kind: url_for(f".{kind}"), _("Download as %(kind)s"))
    give_url = url_for("give_role.who") if may(Role.ADMIN, everywhere=True) else None
    return render_template("hr/access.html", page=page, files=files, error=error, give_url=give_url)


def _roles() -> tuple[use_case.HeldRole, ...]:
    return use_case.held_roles(transaction.session(), clock=clock())
