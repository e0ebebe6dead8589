"""`elearning policy`: counts first, one asks, another applies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select

from elearning.clock import SystemClock
from elearning.content.library import Library
from elearning.services.change_awards import confirm_change
from elearning.storage.award_change import AwardChange
from elearning.storage.completion import Award
from elearning.storage.engine import one_transaction
from elearning.storage.people import Person
from tests.builders import a_person, an_award
from tests.integration.cli.command_line import run
from tests.integration.services.changes import with_policy
from tests.practice_content import BASIS, practice_library
from tests.sealing import write_key

SECRET = "a secret key that is used in tests only"  # noqa: S105 - of tests only
TODAY = SystemClock().today()
OBTAINED_ON = TODAY - timedelta(days=30)
SHORTEN = (BASIS, "--effect", "shorten")


@dataclass(frozen=True, slots=True)
class Office:
    """An installation with one award, and the staff numbers of who asks and who decides."""

    engine: Engine
    asks: str
    decides: str

    def waiting(self) -> UUID:
        """Return what waits for a decision."""
        with one_transaction(self.engine) as session:
            return session.scalars(
                select(AwardChange.id).where(AwardChange.decided_at.is_(None))
            ).one()

    def confirm_on_the_site(self, library: Library) -> UUID:
        """Let the other one confirm what waits, which carries nothing out yet; return its key."""
        change_id = self.waiting()
        with one_transaction(self.engine) as session:
            decides = session.scalars(
                select(Person.id).where(Person.external_id == self.decides)
            ).one()
            confirm_change(
                session,
                change_id=change_id,
                library=library,
                actor_id=decides,
                clock=SystemClock(),
            )
        return change_id

    def awards(self) -> int:
        """Return how many awards there are."""
        with one_transaction(self.engine) as session:
            return session.scalar(select(func.count()).select_from(Award)) or 0


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the miniature content, in which awards last a year from yesterday."""
    whole = practice_library(tmp_path_factory.mktemp("practice") / "content")
    return with_policy(whole, 12, from_on=TODAY - timedelta(days=1))


@pytest.fixture
def office(
    engine: Engine,
    database_url: str,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """Return an installation that the command line is set to."""
    for name, value in {
        "MODE": "demo",
        "INSTANCE": str(tmp_path),
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
    }.items():
        monkeypatch.setenv(f"ELEARNING_{name}", value)
    monkeypatch.setattr("elearning.cli.policy.load_library", lambda *_: library)
    write_key(tmp_path / "keys")
    with one_transaction(engine) as session:
        end = OBTAINED_ON + timedelta(days=730)
        an_award(session, obtained_on=OBTAINED_ON, valid_until=end)
        people = [a_person(session, name=name).external_id for name in ("Ilse", "Wouter")]
    return Office(engine, *people)


def test_a_preview_counts_and_writes_nothing(office: Office) -> None:
    result = run("policy", "preview", *SHORTEN)
    assert result.exit_code == 0
    assert "0 kept, 1 shortened, 0 extended; 0 over on that day; 1 people are told" in result.output
    assert office.awards() == 1


def test_one_asks_and_another_applies(office: Office) -> None:
    assert run("policy", "ask", *SHORTEN, "--by", office.asks).exit_code == 0
    change = str(office.waiting())
    assert f"{change} {BASIS} shorten: from " in run("policy", "list").output
    refused = run("policy", "apply", change, "--by", office.asks)
    assert (refused.exit_code, office.awards()) == (2, 1)
    assert "cannot confirm it" in refused.stderr
    applied = run("policy", "apply", change, "--by", office.decides)
    assert (applied.exit_code, office.awards()) == (0, 2)
    assert applied.output.endswith("1 awards have another end.\n")
    assert run("policy", "go-on").output == "0 awards have another end.\n"


def test_what_the_content_no_longer_knows_waits_and_is_said(
    office: Office, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("policy", "ask", *SHORTEN, "--by", office.asks)
    change = office.confirm_on_the_site(library)
    without = replace(library, trainings={})
    monkeypatch.setattr("elearning.cli.policy.load_library", lambda *_: without)
    result = run("policy", "go-on")
    assert (result.exit_code, office.awards()) == (2, 1)
    assert f"Change {change} waits: no training {BASIS!r}." in result.stderr
    monkeypatch.setattr("elearning.cli.policy.load_library", lambda *_: library)
    assert (run("policy", "go-on").exit_code, office.awards()) == (0, 2)


def test_leaving_it_changes_nothing(office: Office) -> None:
    run("policy", "ask", *SHORTEN, "--by", office.asks)
    assert run("policy", "leave", str(office.waiting()), "--by", office.decides).exit_code == 0
    assert (run("policy", "list").output, office.awards()) == ("", 1)


def test_what_cannot_be_is_said_in_a_line(office: Office) -> None:
    for arguments, words in {
        ("preview", BASIS, "--effect", "limit"): "no version that can be applied",
        ("ask", *SHORTEN, "--by", "nobody"): "nobody with this staff number",
        ("apply", str(uuid4()), "--by", office.decides): "no such request",
    }.items():
        result = run("policy", *arguments)
        assert (result.exit_code, words in result.stderr) == (2, True)
