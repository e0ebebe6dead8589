"""One's own data: a page, three files, and having forgotten what one did while learning."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import CertificateNotPrintable
from elearning.integrations.report_pdf import render_report
from elearning.services.forget_learning import forget_own_learning
from elearning.services.learning_key import learning_key_of
from elearning.services.own_data import OwnData
from elearning.services.own_data import own_data as read_own_data
from elearning.services.review_access import held_roles
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.access_words import own_roles_table
from elearning.web.hr.forms import Table
from elearning.web.i18n import language
from elearning.web.own_data.files import as_json, as_zip
from elearning.web.own_data.forms import ForgetForm
from elearning.web.own_data.sheet import own_report
from elearning.web.state import clock, erasing, library, settings

blueprint = Blueprint("own_data", __name__, url_prefix="/gegevens")
FILE_NAMES = {"nl": "mijn-gegevens", "en": "my-data"}


@blueprint.get("")
@requires(Role.LEARNER)
def show() -> ResponseReturnValue:
    """Offer the files, and to forget what one did."""
    return _page(ForgetForm())


@blueprint.get("/json")
@requires(Role.LEARNER)
def json_file() -> ResponseReturnValue:
    """Give everything, for programs."""
    return _file(as_json(_own()).encode(), "application/json", "json")


@blueprint.get("/csv")
@requires(Role.LEARNER)
def csv_files() -> ResponseReturnValue:
    """Give everything as tables for a spreadsheet."""
    return _file(as_zip(_own(), language()), "application/zip", "zip")


@blueprint.get("/pdf")
@requires(Role.LEARNER)
def pdf() -> ResponseReturnValue:
    """Give what can be read, as a document; letters that it lacks lead to the page."""
    try:
        content = render_report(own_report(_own(), library(), language()))
    except CertificateNotPrintable:
        return _page(ForgetForm(), is_unprintable=True)
    return _file(content, "application/pdf", "pdf")


@blueprint.post("/vergeten")
@requires(Role.LEARNER)
def forget() -> ResponseReturnValue:
    """Forget what was done while learning, at once; no reason is asked, and nothing is logged."""
    form = ForgetForm()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    forget_own_learning(transaction.session(), person_id=person_id(), erasing=erasing())
    flash(_("What you did while learning is forgotten."), "positive")
    return redirect(url_for(".show"), code=HTTPStatus.SEE_OTHER)


def _own() -> OwnData:
    return read_own_data(
        transaction.session(),
        person_id=person_id(),
        secret_key=settings().secret_key,
        now=clock().now(),
    )


def _page(form: ForgetForm, *, is_unprintable: bool = False) -> str:
    has_state = learning_key_of(transaction.session(), person_id=person_id()) is not None
    return render_template(
        "own_data/show.html",
        form=form,
        has_state=has_state,
        is_unprintable=is_unprintable,
        roles=_roles(),
    )


def _roles() -> Table | None:
    held = held_roles(transaction.session(), clock=clock(), person_id=person_id())
    return own_roles_table(held, library().trainings, language())


def _file(content: bytes, media_type: str, ending: str) -> ResponseReturnValue:
    name = f"{FILE_NAMES[language()]}.{ending}"
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return content, HTTPStatus.OK, headers
