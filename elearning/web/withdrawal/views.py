"""Withdrawing a certificate: HR of the whole institution asks for it, and somebody else decides."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import AwardNotCurrent, NotFound
from elearning.learning.certificate import CertificateLanguage
from elearning.services import withdraw_award as use_case
from elearning.storage.certificates import WithdrawalReason
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.i18n import language
from elearning.web.state import clock, library, settings
from elearning.web.withdrawal.forms import WithdrawalForm, withdrawal_form
from elearning.web.withdrawal.pages import requests_page

blueprint = Blueprint("withdrawal", __name__, url_prefix="/hr/intrekken")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show the open requests, and the form for a new one."""
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
    requests = requests_page(
        use_case.open_withdrawals(transaction.session()),
        me=person_id(),
        trainings=library().trainings,
        lang=cast("CertificateLanguage", language()),
        zone=settings().timezone,
    )
    errors = tuple((each.errors[0], each.name) for each in form if each.errors)
    return render_template("withdrawal/overview.html", form=form, errors=errors, requests=requests)
