"""Withdrawing a certificate: HR of the whole institution asks for it, and somebody else decides."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import AwardNotCurrent, NotFound
from elearning.learning.certificate import CertificateLanguage
from elearning.services import withdraw_award as use_case
from elearning.services.reading_log import About, PersonReading
from elearning.services.withdrawals import (
    DecidedPage,
    OpenWithdrawal,
    decided_withdrawals,
    open_withdrawals,
)
from elearning.storage.certificates import WithdrawalReason
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.filters import page_number
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock, library, settings
from elearning.web.withdrawal.forms import WithdrawalForm, withdrawal_form
from elearning.web.withdrawal.pages import Wording, decided_page, requests_page

DECISIONS_A_PAGE = 20
blueprint = Blueprint("withdrawal", __name__, url_prefix="/hr/intrekken")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show the open requests, the form for a new one, and what was decided before."""
    return _page(withdrawal_form(library().trainings, language()))


@blueprint.post("")
@requires(Role.HR_CENTRAL, everywhere=True)
def ask() -> ResponseReturnValue:
    """Ask for a withdrawal; nothing changes until somebody else confirms it."""
    form = withdrawal_form(library().trainings, language())
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _ask(form)
    except NotFound:
        form.number.errors = [_("Nobody with this number holds a certificate of this training")]
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    except AwardNotCurrent:
        form.number.errors = [_("This has been asked already. Somebody else can confirm it.")]
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The request is saved. A colleague has to confirm it."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/<uuid:withdrawal_id>/bevestigen")
@requires(Role.HR_CENTRAL, everywhere=True)
def confirm(withdrawal_id: UUID) -> ResponseReturnValue:
    """Withdraw it; who asked cannot."""
    use_case.confirm_withdrawal(
        transaction.session(), withdrawal_id=withdrawal_id, actor_id=person_id(), clock=clock()
    )
    flash(_("The certificate is withdrawn. Whoever checks it sees that."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/<uuid:withdrawal_id>/laten")
@requires(Role.HR_CENTRAL, everywhere=True)
def decline(withdrawal_id: UUID) -> ResponseReturnValue:
    """Leave the certificate as it is."""
    use_case.decline_withdrawal(
        transaction.session(), withdrawal_id=withdrawal_id, actor_id=person_id(), clock=clock()
    )
    flash(_("The certificate stays as it is."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


def _ask(form: WithdrawalForm) -> None:
    session = transaction.session()
    award = use_case.current_award(
        session, external_id=str(form.number.data).strip(), training_id=form.training.data
    )
    use_case.request_withdrawal(
        session,
        award=award,
        reason=WithdrawalReason(form.reason.data),
        actor_id=person_id(),
        clock=clock(),
    )


def _page(form: WithdrawalForm) -> str:
    session = transaction.session()
    waiting = open_withdrawals(session)
    decided = decided_withdrawals(
        session, page=page_number(request.args.get("pagina", "")), page_size=DECISIONS_A_PAGE
    )
    _note(waiting, decided)
    wording = Wording(
        library().trainings,
        cast("CertificateLanguage", language()),
        ZoneInfo(settings().timezone),
    )
    return render_template(
        "withdrawal/overview.html",
        form=form,
        errors=tuple((each.errors[0], each.name) for each in form if each.errors),
        requests=requests_page(waiting, me=person_id(), wording=wording),
        decided=decided_page(decided, wording),
    )


def _note(waiting: tuple[OpenWithdrawal, ...], decided: DecidedPage) -> None:
    """Write down whose certificates this page is about: a person and a training once."""
    read = [(each.holder_id, each.training_id) for each in waiting]
    read += [(each.holder_id, each.training_id) for each in decided.rows]
    note(*(PersonReading(who, About.WITHDRAWAL, what) for who, what in dict.fromkeys(read)))
