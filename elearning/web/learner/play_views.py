"""Playing a scenario: start, one turn at a time, practise from an earlier turn, look back."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import AttemptEnded, ChoiceNotOffered, InvalidInput, TurnAlreadyPlayed
from elearning.scenario.ids import ChoiceId
from elearning.scenario.score import result
from elearning.services import play_scenario
from elearning.services.attempts import all_attempts
from elearning.services.complete_training import complete_what_is_met
from elearning.services.play_scenario import Run
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.i18n import language
from elearning.web.learner.after_a_try import next_try
from elearning.web.learner.end_page import EndBuilder
from elearning.web.learner.own_state import own_overview, own_words
from elearning.web.learner.sitting_gate import wait_of
from elearning.web.learner.start_page import start_page
from elearning.web.learner.turn_page import TurnBuilder
from elearning.web.old_details import has_old_details, node_texts
from elearning.web.state import clock, library, settings

blueprint = Blueprint("play", __name__, url_prefix="/oefenen/<scenario_id>")
TURN = "/<uuid:attempt_id>/<int:turn>"


@blueprint.get("")
@requires(Role.LEARNER)
def start(scenario_id: str) -> ResponseReturnValue:
    """Say what this is, before anything begins."""
    playable = library().scenario(scenario_id)
    runs = all_attempts(transaction.session(), person_id=person_id())
    own = tuple(run for run in runs if run.scenario_id == scenario_id)
    page = start_page(library(), playable, own, language(), opens=wait_of(scenario_id))
    return render_template("learner/start.html", page=page)


@blueprint.post("")
@requires(Role.LEARNER)
def begin(scenario_id: str) -> ResponseReturnValue:
    """Start a run, or go on with the one that is open."""
    if wait_of(scenario_id):
        return redirect(url_for(".start", scenario_id=scenario_id), code=HTTPStatus.SEE_OTHER)
    attempt_id = play_scenario.start_attempt(
        transaction.session(),
        library=library(),
        person_id=person_id(),
        scenario_id=scenario_id,
        clock=clock(),
    )
    return _to(_look_up(scenario_id, attempt_id))


@blueprint.get(TURN)
@requires(Role.LEARNER)
def turn(scenario_id: str, attempt_id: UUID, turn: int) -> ResponseReturnValue:
    """Show a turn: the present one to choose in, an earlier one to look back at or leave from."""
    run = _look_up(scenario_id, attempt_id)
    is_ahead = turn < 1 or turn > run.log.next_turn or (run.is_over and turn == run.log.next_turn)
    return _to(run) if is_ahead else _turn_page(run, turn)


@blueprint.post(TURN)
@requires(Role.LEARNER)
def choose(scenario_id: str, attempt_id: UUID, turn: int) -> ResponseReturnValue:
    """Take one step; the same step again leads to the same place."""
    choice_id = request.form.get("choice", "")
    if not choice_id:
        return _again(scenario_id, attempt_id, turn)
    try:
        run = play_scenario.make_choice(
            transaction.session(),
            library=library(),
            person_id=person_id(),
            scenario_id=scenario_id,
            attempt_id=attempt_id,
            turn=turn,
            choice_id=ChoiceId(choice_id),
            clock=clock(),
        )
    except ChoiceNotOffered:
        return _again(scenario_id, attempt_id, turn)
    except (TurnAlreadyPlayed, AttemptEnded):
        flash(_("You were already further on. This is where you are now."), "info")
        return _to(_look_up(scenario_id, attempt_id))
    except InvalidInput:
        # A turn that was never reached, of a page from before a backup was put back, or made up.
        return _to(_look_up(scenario_id, attempt_id))
    if run.is_over:
        _complete(run)
    return _to(run)


@blueprint.post(f"{TURN}/anders")
@requires(Role.LEARNER)
def choose_otherwise(scenario_id: str, attempt_id: UUID, turn: int) -> ResponseReturnValue:
    """Practise from an earlier turn with another choice; the first run stays as it is."""
    try:
        run = play_scenario.practise_from(
            transaction.session(),
            library=library(),
            person_id=person_id(),
            scenario_id=scenario_id,
            attempt_id=attempt_id,
            turn=turn,
            choice_id=ChoiceId(request.form.get("choice", "")),
            clock=clock(),
        )
    except ChoiceNotOffered:
        return _again(scenario_id, attempt_id, turn)
    except InvalidInput:
        return _to(_look_up(scenario_id, attempt_id))
    return _to(run)


@blueprint.get(f"{TURN}/anders")
@requires(Role.LEARNER)
def back_to_turn(scenario_id: str, attempt_id: UUID, turn: int) -> ResponseReturnValue:
    """Lead a reload of that address to the turn itself."""
    _look_up(scenario_id, attempt_id)
    return redirect(_turn_address(scenario_id, attempt_id, turn), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/<uuid:attempt_id>/einde")
@requires(Role.LEARNER)
def end(scenario_id: str, attempt_id: UUID) -> ResponseReturnValue:
    """Show how it went; a run that goes on leads to its turn."""
    run = _look_up(scenario_id, attempt_id)
    if not run.is_over:
        return _to(run)
    page = EndBuilder(run, library(), language()).page(_next_try(run))
    return render_template("learner/end.html", page=page)


def _next_try(run: Run) -> tuple[str, str] | None:
    """Return another situation, after a run that may count and did not pass."""
    if run.log.is_practice or result(run.playable.scenario, run.position).passed:
        return None
    overview = own_overview()
    return next_try(overview, own_words(overview), run.log.scenario_id)


def _look_up(scenario_id: str, attempt_id: UUID) -> Run:
    return play_scenario.look_up_run(
        transaction.session(),
        library=library(),
        person_id=person_id(),
        scenario_id=scenario_id,
        attempt_id=attempt_id,
    )


def _to(run: Run) -> ResponseReturnValue:
    """Lead to where the run stands; the fragment moves the focus there without a script."""
    if run.is_over:
        address = url_for(
            ".end", scenario_id=run.log.scenario_id, attempt_id=run.log.id, _anchor="main"
        )
    else:
        number = run.log.next_turn
        address = _turn_address(run.log.scenario_id, run.log.id, number)
        address += f"#beurt-{number}" if number > 1 else ""
    return redirect(address, code=HTTPStatus.SEE_OTHER)


def _turn_address(scenario_id: str, attempt_id: UUID, turn: int) -> str:
    return url_for(".turn", scenario_id=scenario_id, attempt_id=attempt_id, turn=turn)


def _again(scenario_id: str, attempt_id: UUID, turn: int) -> ResponseReturnValue:
    """Show the turn once more with what is missing; nothing was changed."""
    run = _look_up(scenario_id, attempt_id)
    if not 1 <= turn <= run.log.next_turn or (run.is_over and turn == run.log.next_turn):
        return _to(run)
    return _turn_page(run, turn, has_error=True), HTTPStatus.UNPROCESSABLE_ENTITY


def _turn_page(run: Run, turn: int, *, has_error: bool = False) -> str:
    builder = TurnBuilder.at(run, language(), clock().today(), turn)
    nodes = run.playable.texts[language()].nodes
    told = (text for each in builder.turns for text in node_texts(nodes[each.node_id]))
    return render_template(
        "learner/turn.html",
        page=builder.page(has_error=has_error),
        has_old_details=has_old_details(told),
    )


def _complete(run: Run) -> None:
    """Give what this ending completes, in the same transaction as the last choice."""
    if run.log.is_practice:
        return
    given = complete_what_is_met(
        transaction.session(),
        library=library(),
        person_id=person_id(),
        clock=clock(),
        secret_key=settings().secret_key,
    )
    if given:
        flash(_("You have completed the training. Your certificate is ready."), "positive")
