"""Pages for everyone, signed in or not: help, a pause, another way, and what is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.content.rule_packs import Jurisdiction
from elearning.errors import CodeNotUsable, TooManyTries
from elearning.learning.certificate import CertificateLanguage
from elearning.services.complete_training import trainings_of
from elearning.services.exemptions import own_exemptions
from elearning.services.prior_learning import own_offers
from elearning.services.training_codes import complete_with_code, count_code
from elearning.services.what_hr_sees import what_hr_sees as seen_rows
from elearning.services.who_looked import who_looked
from elearning.services.why_assigned import why_assigned
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import may, person_id, public, requires, signed_in_or_none
from elearning.web.account.addresses import safe_next
from elearning.web.errors import status_of
from elearning.web.hr.exemption_words import own_exemptions_table
from elearning.web.hr.forms import Table
from elearning.web.i18n import language
from elearning.web.network import network
from elearning.web.privacy_report.views import READERS
from elearning.web.state import clock, issuing, library, settings
from elearning.web.support.forms import CodeForm
from elearning.web.support.help_page import help_page as build_help_page
from elearning.web.support.looks import looks_table
from elearning.web.support.other_ways import WaysTable, ways_table
from elearning.web.support.own_row import SeenTable, seen_tables
from elearning.web.support.privacy import kept_kinds
from elearning.web.support.statement import statement
from elearning.web.support.why import Why, why_lines

blueprint = Blueprint("support", __name__)


@blueprint.get("/hulp")
@public
def help_page() -> ResponseReturnValue:
    """Show who is there now; nobody has to sign in, and nothing is logged."""
    is_caribbean = request.args.get("gebied") == "bes"
    page = build_help_page(
        library(),
        cast("CertificateLanguage", language()),
        clock().today(),
        Jurisdiction.NL_BES if is_caribbean else Jurisdiction.NL,
    )
    return render_template("support/help.html", page=page)


@blueprint.get("/pauze")
@public
def pause() -> ResponseReturnValue:
    """Offer a rest; nothing is timed, and nothing is logged."""
    back = request.args.get("terug")
    return render_template("support/pause.html", continue_href=safe_next(back), back=back)


@blueprint.get("/anders")
@public
def another_way() -> ResponseReturnValue:
    """Offer the other ways, equal in worth; no reason is asked, and nothing is logged."""
    return _ways_page(CodeForm())


@blueprint.post("/anders")
@requires(Role.LEARNER)
def use_code() -> ResponseReturnValue:
    """Complete a training with a one-time code, as any other way completes it."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _ways_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _complete_with(form.code.data or "")
    except (CodeNotUsable, TooManyTries) as refusal:
        transaction.keep_changes()
        form.refuse(is_too_often=isinstance(refusal, TooManyTries))
        return _ways_page(form), status_of(refusal)
    flash(_("You have completed the training. Your certificate is ready."), "positive")
    return redirect(url_for("learner.home"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/wat-ziet-hr")
@public
def what_hr_sees() -> ResponseReturnValue:
    """Show the literal rows that HR sees of who asks, and what nobody sees."""
    return render_template(
        "support/what_hr_sees.html",
        tables=_own_rows(),
        exemptions=_own_exemptions(),
        whys=_own_whys(),
        looks=_own_looks(),
        names_for_managers=library().institution.reports.names_for_managers,
    )


@blueprint.get("/bronnen")
@public
def sources() -> ResponseReturnValue:
    """List what the texts rest on."""
    listed = library().directory.sources.values()
    return render_template("support/sources.html", sources=listed)


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept, for what, and how long."""
    return render_template(
        "support/privacy.html",
        kinds=kept_kinds(
            settings().session_hours, settings().learning_days, settings().account_months
        ),
        idle_minutes=settings().idle_minutes,
        support_email=library().institution.support_email,
        may_read_report=may(*READERS),
    )


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> ResponseReturnValue:
    """Say what is known about the accessibility of this site, and no more."""
    return render_template(
        "support/accessibility.html",
        statement=statement(),
        support_email=library().institution.support_email,
    )


@blueprint.get("/contact")
@public
def contact() -> ResponseReturnValue:
    """Say whom to write to about this site."""
    return render_template(
        "support/contact.html", support_email=library().institution.support_email
    )


def _complete_with(code: str) -> None:
    session, secret_key = transaction.session(), settings().secret_key
    counted: dict[str, Any] = {"person_id": person_id(), "secret_key": secret_key, "clock": clock()}
    count_code(session, network=network(), **counted)
    complete_with_code(session, person_id=person_id(), text=code, issuing=issuing())


def _ways_page(form: CodeForm) -> str:
    table = _own_ways()
    return render_template(
        "support/another_way.html", table=table, form=form, has_equivalents=_has_equivalents()
    )


def _has_equivalents() -> bool:
    """Say whether a training elsewhere could count for who is signed in."""
    person = signed_in_or_none()
    return person is not None and bool(
        own_offers(
            transaction.session(),
            library=library(),
            person_id=person.person_id,
            today=clock().today(),
        )
    )


def _own_ways() -> WaysTable | None:
    person = signed_in_or_none()
    if person is None:
        return None
    held = trainings_of(
        transaction.session(),
        library=library(),
        person_id=person.person_id,
        today=clock().today(),
    )
    trainings = (library().training(each.training_id) for each in held)
    return ways_table(trainings, library(), language())


def _own_whys() -> tuple[Why, ...]:
    """Return why who is signed in must hold their trainings; nothing when nobody is."""
    person = signed_in_or_none()
    if person is None:
        return ()
    found = why_assigned(
        transaction.session(),
        trainings=library().trainings,
        person_id=person.person_id,
        day=clock().today(),
    )
    return why_lines(found, language())


def _own_exemptions() -> Table | None:
    """Return the exemptions of who is signed in, as HR sees them."""
    person = signed_in_or_none()
    if person is None:
        return None
    found = own_exemptions(transaction.session(), person_id=person.person_id)
    return own_exemptions_table(found, library().trainings, language())


def _own_looks() -> Table | None:
    """Return who looked at the status of who is signed in."""
    person = signed_in_or_none()
    if person is None:
        return None
    found = who_looked(transaction.session(), person_id=person.person_id)
    return looks_table(found, library().trainings, language())


def _own_rows() -> tuple[SeenTable, ...] | None:
    """Return the rows of who is signed in; None when nobody is."""
    person = signed_in_or_none()
    if person is None:
        return None
    rows = seen_rows(
        transaction.session(),
        trainings=library().trainings,
        person_id=person.person_id,
        day=clock().today(),
    )
    return seen_tables(rows, language())
