"""Requests about trainings elsewhere: HR of the whole institution decides, from a short list."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import SameEyes
from elearning.learning.prior import Refusal
from elearning.services import decide_prior as use_case
from elearning.services.decide_prior import Approval, Waiting, reading_acts
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.filters import one_of
from elearning.web.hr.prior_page import (
    APPROVE,
    CheckPage,
    approval_page,
    decision_page,
    overview_page,
    refusal_page,
)
from elearning.web.i18n import language
from elearning.web.prior.words import evidence_file
from elearning.web.reading import note_act
from elearning.web.state import clock, issuing, library

blueprint = Blueprint("elsewhere", __name__, url_prefix="/hr/eerder-gedaan")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show what waits for a decision, the longest first."""
    found, total = use_case.waiting_requests(transaction.session(), clock=clock())
    if found:
        note_act(*reading_acts(AuditKind.PRIOR_READ, found, person_id()))
    page = overview_page(found, total, library(), language())
    return render_template("hr/prior.html", page=page)


@blueprint.get("/<uuid:request_id>")
@requires(Role.HR_CENTRAL, everywhere=True)
def show(request_id: UUID) -> ResponseReturnValue:
    """Show one request, and ask for a decision."""
    return _decision_page(_read(request_id), None)


@blueprint.get("/<uuid:request_id>/bestand")
@requires(Role.HR_CENTRAL, everywhere=True)
def evidence(request_id: UUID) -> ResponseReturnValue:
    """Give the file of a request that waits; that it was opened is noted first."""
    session = transaction.session()
    asked = use_case.waiting_request(session, request_id=request_id, clock=clock())
    found = use_case.evidence_of(session, request_id=request_id, clock=clock())
    note_act(*reading_acts(AuditKind.PRIOR_FILE_OPENED, [asked], person_id()))
    return evidence_file(*found)


@blueprint.get("/<uuid:request_id>/controle")
@requires(Role.HR_CENTRAL, everywhere=True)
def check(request_id: UUID) -> ResponseReturnValue:
    """Show what a decision does, before it is taken."""
    asked = _read(request_id)
    if asked.person_id == person_id():
        return _to(request_id)
    page = _check_page(asked, request.args.get("besluit", ""))
    if page is None:
        return _decision_page(asked, _("Choose what you decide")), HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template("hr/prior_check.html", page=page)


@blueprint.post("/<uuid:request_id>/controle")
@requires(Role.HR_CENTRAL, everywhere=True)
def decide(request_id: UUID) -> ResponseReturnValue:
    """Decide; the request and its file go in the same transaction."""
    answer = request.form.get("besluit", "")
    reason = one_of(Refusal, answer)
    if answer != APPROVE and reason is None:
        return _to(request_id)
    try:
        _decide(request_id, reason)
    except SameEyes:
        return _to(request_id)
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


def _decide(request_id: UUID, reason: Refusal | None) -> None:
    """Decline for a reason, or approve without one."""
    session = transaction.session()
    if reason is None:
        use_case.approve(session, request_id=request_id, actor_id=person_id(), issuing=issuing())
        flash(_("It counts. The person has a certificate now."), "positive")
    else:
        use_case.decline(
            session, request_id=request_id, reason=reason, actor_id=person_id(), clock=clock()
        )
        flash(_("The request is declined. The person sees why."), "positive")


def _to(request_id: UUID) -> ResponseReturnValue:
    """Lead to a request; on one's own it says that a colleague has to decide."""
    return redirect(url_for(".show", request_id=request_id), code=HTTPStatus.SEE_OTHER)


def _read(request_id: UUID) -> Waiting:
    asked = use_case.waiting_request(transaction.session(), request_id=request_id, clock=clock())
    note_act(*reading_acts(AuditKind.PRIOR_READ, [asked], person_id()))
    return asked


def _approval(asked: Waiting) -> Approval | None:
    return use_case.approval(
        transaction.session(), library=library(), asked=asked, today=clock().today()
    )


def _check_page(asked: Waiting, answer: str) -> CheckPage | None:
    """Return what a decision does; None for one that cannot be taken."""
    reason = one_of(Refusal, answer)
    if reason is not None:
        return refusal_page(asked, reason, library(), language())
    found = _approval(asked) if answer == APPROVE else None
    return None if found is None else approval_page(asked, found, library(), language())


def _decision_page(asked: Waiting, error: str | None) -> str:
    page = decision_page(asked, _approval(asked), person_id(), library(), language())
    return render_template("hr/prior_decide.html", page=page, error=error)
