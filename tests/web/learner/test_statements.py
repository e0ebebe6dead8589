"""How often the database is asked: a choice is one short transaction, and a home never grows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from elearning.clock import SetClock
from elearning.storage.people import Account
from elearning.web.extensions import db
from tests.pages.learner import HomePage, TurnPage, begin, play
from tests.practice_content import OTHER_TALK, QUIZ, SILENT, TALK, UNREPAIRED, WELL, reading_of
from tests.web.conftest import SignIn
from tests.web.strict_client import StrictClient

MOST_A_CHOICE = 4


@dataclass(slots=True)
class Watched:
    """What was asked of the database."""

    statements: list[str] = field(default_factory=list)
    transactions: int = 0
    commits: int = 0


@contextmanager
def watching(app: Flask) -> Iterator[Watched]:
    """Note every statement, beginning and commit."""
    watched = Watched()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        watched.statements.append(statement)

    def begins(_connection: object) -> None:
        watched.transactions += 1

    def commits(_connection: object) -> None:
        watched.commits += 1

    with app.app_context():
        engine = db.engine
    listeners = (("before_cursor_execute", note), ("begin", begins), ("commit", commits))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield watched
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


@pytest.fixture
def turn(signed_in: StrictClient) -> TurnPage:
    return TurnPage(begin(signed_in, TALK).choose("geheim"))


def test_a_choice_takes_three_statements_in_one_transaction(app: Flask, turn: TurnPage) -> None:
    with watching(app) as watched:
        assert turn.form.send(choice="herstel").status_code == 303
    assert [each.split()[0] for each in watched.statements] == ["SELECT", "SELECT", "INSERT"]
    assert (watched.transactions, watched.commits) == (1, 1)


def test_the_first_choice_of_a_day_takes_one_more(
    app: Flask,
    turn: TurnPage,
    clock: SetClock,
    account: Account,
    sign_in: SignIn,
    signed_in: StrictClient,
) -> None:
    clock.instant += timedelta(days=1)
    sign_in(signed_in, account)
    today = TurnPage.open(signed_in, turn.address)
    with watching(app) as watched:
        today.form.send(choice="herstel")
    assert len(watched.statements) == MOST_A_CHOICE
    assert watched.transactions == 1


def test_a_choice_sent_again_writes_nothing(app: Flask, turn: TurnPage) -> None:
    turn.form.send(choice="herstel")
    with watching(app) as watched:
        turn.form.send(choice="herstel")
    assert [each.split()[0] for each in watched.statements] == ["SELECT", "SELECT"]


def test_a_turn_takes_two_statements_in_one_transaction_without_a_commit(
    app: Flask, turn: TurnPage
) -> None:
    with watching(app) as watched:
        TurnPage.open(turn.page.client, turn.address)
    assert [each.split()[0] for each in watched.statements] == ["SELECT", "SELECT"]
    assert (watched.transactions, watched.commits) == (1, 0)


def test_the_home_asks_as_much_of_who_did_much_as_of_who_did_nothing(
    app: Flask, signed_in: StrictClient
) -> None:
    def asked() -> list[str]:
        with watching(app) as watched:
            HomePage.open(signed_in)
        assert (watched.transactions, watched.commits) == (1, 0)
        return watched.statements

    at_first = asked()
    for choices in (SILENT, UNREPAIRED, WELL):
        for talk in (TALK, OTHER_TALK):
            play(signed_in, talk, *choices)
    play(signed_in, reading_of(TALK), "goed")
    play(signed_in, QUIZ, "goed")
    assert asked() == at_first
    # Two of them ask for a request about a training elsewhere, and for the answer to one.
    assert len(at_first) <= 8
