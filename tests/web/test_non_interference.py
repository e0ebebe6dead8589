"""HR cannot tell how anybody learned: two worlds that differ in nothing else look the same.

In each pair of journeys somebody completes on the same day, or does not, in two ways: other
conversations or readings, other slips, other numbers of tries. Everything that HR can fetch must
be the same to the byte, CSRF tokens apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.reminders import Why
from elearning.services.data_quality import Check
from elearning.storage.schema import migrate
from elearning.web.extensions import db
from elearning.web.factory import create_app
from tests.builders import PASSWORD
from tests.databases import TODAY
from tests.pages.sign_in import SignInPage
from tests.practice_content import BASIS, CHECK_ONLY
from tests.web.conftest import demo_settings
from tests.web.test_reports import with_policy
from tests.web.worlds import OFFICER, UNITS, Journey, build_world, journeys, person_key

PAIRS = 2_000
MANY_PAIRS = 10_000
TOKEN = re.compile(rb'name="csrf_token" value="[^"]+"')
RULE = "wie=keuze&categorie=academic&training=lecturer-basis&vanaf=2027-03-03&dagen=60&sleutel=0"
ASSIGNING = (
    "/hr/toewijzing",
    "/hr/toewijzing/wie",
    f"/hr/toewijzing/wanneer?{RULE}",
    f"/hr/toewijzing/controle?{RULE}",
    "/hr/toewijzing/lijst",
    "/hr/indeling",
    "/hr/indeling/arts",
    "/hr/indeling/arts/sluiten?dag=2027-03-03",
    "/hr/nieuwe-eenheid",
)
PERSON = re.compile(r"<uuid:person_id>")
EXEMPTION = "?reden=other_employer&tot=2027-04-01"
OF_HR = (
    "hr.",
    "lists.",
    "exemptions.",
    "timely.",
    "quality.",
    "reminders.",
    "board.",
    "access.",
    "withdrawal.",
)
MORE = "pagina=2&volgorde=-status&naam=medewerker&zoek=medewerker"
FILES = (".csv", ".xlsx", ".json")
UNIT = re.compile(r"<(?:[a-z]+:)?[a-z_]*(?:code|unit)[a-z_]*>")


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    """Return the miniature content."""
    return practice


@contextmanager
def world(folder: Path, library: Library, way: str, count: int) -> Iterator[Flask]:
    """Serve a world whose days are those of every other, and whose ways are its own."""
    clock = SetClock(TODAY)
    settings = demo_settings(folder, f"sqlite:///{folder / way}.sqlite3")
    app = create_app(settings, clock=clock, library=library)
    with_policy(app, names_for_managers=True)
    with app.app_context():
        migrate(db.engine)
        with Session(db.engine) as session:
            build_world(session, library, clock, pairs(count, way), settings.secret_key)
            session.commit()
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def pairs(count: int, way: str) -> list[Journey]:
    """Return journeys whose days are the same for every way."""
    return list(journeys(count, TODAY.date(), Random(20), Random(way)))  # noqa: S311 - no secrets


def what_hr_can_fetch(app: Flask) -> dict[str, bytes]:
    """Return every page and file of HR, for the institution and for each unit, by its address."""
    client = app.test_client()
    signed_in = SignInPage.open(client, "/inloggen?next=/privacy").send(OFFICER, PASSWORD)
    assert signed_in.status_code == 303
    answers = {}
    for address in addresses(app):
        answer = client.get(address)
        assert answer.status_code == 200, address
        answers[address] = TOKEN.sub(b"", answer.data)
    return answers


def addresses(app: Flask) -> Iterator[str]:
    """Yield the addresses of all routes of HR that can be fetched; filters and pages come along."""
    yield from ASSIGNING
    yield f"/verslag/over-de-datum?training={BASIS}"
    yield "/hr/eerder-gedaan"  # in these worlds nobody asks anything
    yield from ("/hr/beleid", f"/hr/beleid/vraag/{CHECK_ONLY}/shorten")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(OF_HR) and "GET" in (rule.methods or set()):
            yield from _addresses_of(rule)


def _addresses_of(rule: Rule) -> Iterator[str]:
    if PERSON.search(rule.rule):
        yield PERSON.sub(str(person_key(0)), rule.rule) + EXEMPTION
    elif "<check>" in rule.rule:
        yield from (rule.rule.replace("<check>", check) for check in Check)
    elif rule.endpoint == "exemptions.end":
        return  # in these worlds nobody is exempt
    elif rule.arguments & {"report_id", "grant_id"}:
        return  # what is frozen is counted as `hr.units` is; roles are of nobody's learning
    elif rule.arguments:
        assert UNIT.search(rule.rule), f"say what {rule.rule} is fetched with"
        yield from (UNIT.sub(unit, rule.rule) for unit in UNITS)
    else:
        yield rule.rule
        more = () if rule.rule.endswith(FILES) else (MORE, *(f"groep={why}" for why in Why))
        yield from (f"{rule.rule}?{each}" for each in more if _is_of(rule, each))


def _is_of(rule: Rule, query: str) -> bool:
    """Say whether a page knows this query; only that of reminders has groups."""
    return query == MORE or rule.endpoint == "reminders.show"


def differences(one: list[Journey], other: list[Journey]) -> int:
    return sum(a != b and a.completed_on == b.completed_on for a, b in zip(one, other, strict=True))


def compare(folder: Path, library: Library, count: int) -> None:
    with world(folder, library, "one", count) as app:
        one = what_hr_can_fetch(app)
    with world(folder, library, "other", count) as app:
        other = what_hr_can_fetch(app)
    assert one.keys() == other.keys()
    assert [address for address in one if one[address] != other[address]] == []
    last = f"Medewerker {count - 1:05}".encode()
    assert any(last in each for each in one.values()), "nobody is in the file"


def test_the_journeys_of_a_pair_differ_in_all_but_the_day() -> None:
    one, other = pairs(PAIRS, "one"), pairs(PAIRS, "other")
    assert [each.completed_on for each in one] == [each.completed_on for each in other]
    assert differences(one, other) > 0.9 * PAIRS


def test_two_thousand_pairs_of_journeys_look_the_same_to_hr(
    tmp_path: Path, library: Library
) -> None:
    compare(tmp_path, library, PAIRS)


@pytest.mark.slow
def test_ten_thousand_pairs_of_journeys_look_the_same_to_hr(
    tmp_path: Path, library: Library
) -> None:
    compare(tmp_path, library, MANY_PAIRS)


def test_the_comparison_sees_a_difference_of_one_day(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(tmp_path, library, "one", 50) as app:
        one = what_hr_can_fetch(app)
    monkeypatch.setattr("tests.web.worlds.GIVES_UP", 0.35)
    with world(tmp_path, library, "other", 50) as app:
        other = what_hr_can_fetch(app)
    assert any(one[address] != other[address] for address in one)
