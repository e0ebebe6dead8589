"""Reading a module page by page, and answering its checks."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import InvalidInput
from elearning.services import complete_module
from elearning.services.complete_module import pages_of
from elearning.services.complete_training import complete_what_is_met
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.i18n import language
from elearning.web.learner.module_page import NOTHING, module_page, module_start
from elearning.web.learner.sitting_gate import wait_of
from elearning.web.old_details import has_old_details, page_texts
from elearning.web.state import clock, library, settings

blueprint = Blueprint("module", __name__, url_prefix="/onderdeel/<module_id>")


@blueprint.get("")
@requires(Role.LEARNER)
def start(module_id: str) -> ResponseReturnValue:
    """Show what the module is about and where the learner is in it."""
    served = library().module(module_id)
    progress = pages_of(transaction.session(), person_id=person_id(), module_id=module_id)
    view = module_start(module_id, served, progress, language(), opens=wait_of(module_id))
    return render_template("learner/module_start.html", page=view)


@blueprint.get("/<page_id>")
@requires(Role.LEARNER)
def page(module_id: str, page_id: str) -> ResponseReturnValue:
    """Show one page."""
    return _to_start(module_id) if wait_of(module_id) else _page(module_id, page_id)


@blueprint.post("/<page_id>")
@requires(Role.LEARNER)
def answer(module_id: str, page_id: str) -> ResponseReturnValue:
    """Keep an answer and show its feedback, or note that the page was read and go on."""
    if wait_of(module_id):
        return _to_start(module_id)
    if "option" in request.form or "check" in request.form:
        return _answer_check(module_id, page_id, request.form.get("option", ""))
    complete_module.read_page(
        transaction.session(),
        library=library(),
        person_id=person_id(),
        module_id=module_id,
        page_id=page_id,
        clock=clock(),
    )
    _complete(module_id)
    following = library().module(module_id).module.after(page_id)
    return redirect(
        url_for(".start", module_id=module_id)
        if following is None
        else url_for(".page", module_id=module_id, page_id=following.id),
        code=HTTPStatus.SEE_OTHER,
    )


def _to_start(module_id: str) -> ResponseReturnValue:
    """Lead to the page that says when the module opens."""
    return redirect(url_for(".start", module_id=module_id), code=HTTPStatus.SEE_OTHER)


def _answer_check(module_id: str, page_id: str, option_id: str) -> ResponseReturnValue:
    try:
        complete_module.answer_check(
            transaction.session(),
            library=library(),
            person_id=person_id(),
            module_id=module_id,
            page_id=page_id,
            option_id=option_id,
            clock=clock(),
        )
    except InvalidInput:
        return _page(module_id, page_id, has_error=True), HTTPStatus.UNPROCESSABLE_ENTITY
    _complete(module_id)
    address = url_for(".page", module_id=module_id, page_id=page_id)
    return redirect(f"{address}#option-answer", code=HTTPStatus.SEE_OTHER)


def _page(module_id: str, page_id: str, *, has_error: bool = False) -> str:
    served = library().module(module_id)
    page = served.module.page(page_id)
    if page is None:
        abort(HTTPStatus.NOT_FOUND)
    progress = pages_of(transaction.session(), person_id=person_id(), module_id=module_id)
    view = module_page(
        module_id,
        page_id,
        served,
        progress.get(page_id, NOTHING),
        language(),
        has_error=has_error,
    )
    return render_template(
        "learner/module_page.html",
        page=view,
        has_old_details=has_old_details(page_texts(page, language())),
    )


def _complete(module_id: str) -> None:
    """When this page finished the module, give what that completes, in the same transaction."""
    session = transaction.session()
    progress = pages_of(session, person_id=person_id(), module_id=module_id)
    required = library().module(module_id).module.required_pages
    if not required <= {name for name, each in progress.items() if each.is_done}:
        return
    given = complete_what_is_met(
        session,
        library=library(),
        person_id=person_id(),
        clock=clock(),
        secret_key=settings().secret_key,
    )
    if given:
        flash(_("You have completed the training. Your certificate is ready."), "positive")
