"""Our side of the run: an installation of its own with learners who are signed in and under way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.content.library import Library
from elearning.scenario.ids import ChoiceId, ScenarioId
from elearning.scenario.model import Scenario
from elearning.scenario.play import Position, begin, choose, is_over, offered
from elearning.services.play_scenario import start_attempt
from elearning.services.sign_in import open_session
from elearning.storage.people import Person
from elearning.web.extensions import db
from elearning.web.sessions import TOKEN
from elearning.web.state import KEY
from tests.bench.client import Chain, Request
from tests.bench.server import ROOT

LONGEST_WALK = 8
SIGNED_IN_FOR = timedelta(hours=2)
INHERITED = ("PATH", "HOME", "LANG", "PYTHONPATH", "ELEARNING_CONTENT")


@dataclass(frozen=True, slots=True)
class Learner:
    """A browser that is signed in, and the attempts it has open, by scenario."""

    cookie: str
    csrf_token: str
    attempts: Mapping[ScenarioId, UUID]


def environment(instance: Path, database_url: str) -> dict[str, str]:
    """Return the environment of an installation of its own; nothing else reaches it."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {
        **kept,
        "ELEARNING_MODE": "demo",
        "ELEARNING_INSTANCE": str(instance),
        "ELEARNING_DATABASE_URL": database_url,
    }


def prepare(values: Mapping[str, str]) -> None:
    """Migrate and seed, with the command that everybody uses."""
    command = [sys.executable, "-m", "elearning", "prepare"]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(values), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"elearning prepare failed:\n{done.stdout}{done.stderr}")


def sign_learners_in(app: Flask, count: int) -> tuple[Learner, ...]:
    """Add people who are signed in and have begun every scenario; half of them read English."""
    csrf_token, secret = _csrf(app)
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the application has no secret key")
    with app.app_context():
        rows = db.session()
        library: Library = app.extensions[KEY].library
        learners = []
        for number in range(count):
            token, attempts = _person(rows, library, number)
            kept = {TOKEN: token, "csrf_token": secret, "_permanent": True}
            cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(kept)}"
            learners.append(Learner(cookie, csrf_token, attempts))
        rows.commit()
        db.session.remove()
    return tuple(learners)


def _csrf(app: Flask) -> tuple[str, str]:
    """Return what a form carries and what the cookie holds to check it against."""
    with app.test_request_context():
        return generate_csrf(), str(session["csrf_token"])


def _person(rows: Session, library: Library, number: int) -> tuple[str, dict[ScenarioId, UUID]]:
    clock = SystemClock()
    person = Person(
        id=uuid4(),
        external_id=f"bench-{uuid4()}",
        display_name=f"Docent {number}",
        email=None,
        language="nl" if number % 2 else "en",
    )
    rows.add(person)
    rows.flush()
    token = open_session(rows, person_id=person.id, clock=clock, lasts=SIGNED_IN_FOR)
    attempts = {
        name: start_attempt(
            rows, library=library, person_id=person.id, scenario_id=name, clock=clock
        )
        for name in library.scenarios
    }
    return token, attempts


def walk(scenario: Scenario, position: Position, length: int) -> tuple[ChoiceId, ...]:
    """Return choices that lead on without reaching an ending, `length` or as many as there are."""
    best: tuple[ChoiceId, ...] = ()
    for choice in offered(scenario, position) if length else ():
        after = choose(scenario, position, choice.id)
        if is_over(scenario, after):
            continue
        found = (choice.id, *walk(scenario, after, length - 1))
        if len(found) > len(best):
            best = found
        if len(best) == length:
            break
    return best


def walks(library: Library) -> dict[ScenarioId, tuple[ChoiceId, ...]]:
    """Return one walk through each scenario, not as far as its end."""
    return {
        name: walk(each.scenario, begin(each.scenario), LONGEST_WALK)
        for name, each in library.scenarios.items()
    }


def choice_chains(
    learners: Sequence[Learner], paths: Mapping[ScenarioId, Sequence[ChoiceId]]
) -> Iterator[Chain]:
    """Yield one chain per learner and scenario; an operation is a choice and the page after it."""
    for learner in learners:
        for name, attempt in learner.attempts.items():
            address = f"/oefenen/{name}/{attempt}"
            yield Chain(
                cookie=learner.cookie,
                operations=tuple(
                    choice_operation(address, turn, choice, learner.csrf_token)
                    for turn, choice in enumerate(paths[name], start=1)
                ),
            )


def choice_operation(
    address: str, turn: int, choice: str, csrf_token: str
) -> tuple[Request, Request]:
    """Return the POST of a choice and the GET of the page that it leads to."""
    body = urlencode({"csrf_token": csrf_token, "choice": choice})
    onward = f"{address}/{turn + 1}"
    return (
        Request("POST", f"{address}/{turn}", body, 303, onward),
        Request("GET", onward, "", 200, f'id="beurt-{turn + 1}"'),
    )


def page_addresses(library: Library) -> tuple[str, ...]:
    """Return the address of every page of every module."""
    return tuple(
        f"/onderdeel/{name}/{page.id}"
        for name, served in library.modules.items()
        for page in served.module.pages
    )


def page_chains(learners: Sequence[Learner], library: Library, length: int) -> Iterator[Chain]:
    """Yield chains without end: each learner in turn leafs through `length` pages."""
    requests = cycle(
        (Request("GET", each, "", 200, "</html>"),) for each in page_addresses(library)
    )
    for learner in cycle(learners):
        yield Chain(learner.cookie, tuple(islice(requests, length)))
