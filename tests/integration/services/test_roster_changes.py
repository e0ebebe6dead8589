"""What a roster would change, line by line, and the words in it that no rule uses."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.services.assign_training import RuleDraft, add_rule
from elearning.services.roster_changes import RosterChange, What, roster_changes
from elearning.services.roster_words import UnusedWord
from tests.builders import TRAINING
from tests.integration.services.test_import_roster import apply, line, look, many, units
from tests.trainings import a_training

__all__ = ["units"]
ONE = timedelta(days=1)


def a_rule_about(
    session: Session, clock: SetClock, word: str, until_on: date | None = None
) -> None:
    draft = RuleDraft(word, TRAINING, {"tag": word}, clock.today(), until_on, 60)
    trainings = {TRAINING: a_training()}
    add_rule(session, draft=draft, trainings=trainings, made_by=None, clock=clock)


def test_a_first_roster_is_new_in_every_row(session: Session, clock: SetClock) -> None:
    assert list(roster_changes(look(session, clock, many(2)))) == [
        RosterChange(What.NEW, 2, "1", "1", "unit", None, "arts"),
        RosterChange(What.NEW, 3, "2", "1", "unit", None, "arts"),
    ]


def test_every_value_that_changes_is_a_line_and_no_other(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(3))
    plan = look(
        session,
        clock,
        [
            line(1, eenheid="law", laatste_dag="2027-06-30"),
            line(2, naam="Person Twee", functies=""),
            line(3),
        ],
    )
    assert list(roster_changes(plan)) == [
        RosterChange(What.CHANGED, 2, "1", "1", "unit", "arts", "law"),
        RosterChange(What.CHANGED, 2, "1", "1", "last_day", None, date(2027, 6, 30)),
        RosterChange(What.CHANGED, 3, "2", "1", "tags", "lecturer", ""),
        RosterChange(What.PERSON, 3, "2", None, "name", "Person 2", "Person Twee"),
    ]


def test_what_the_file_lacks_comes_last_and_ends_the_second_time(
    session: Session, clock: SetClock
) -> None:
    apply(session, clock, many(2))
    once = look(session, clock, many(1))
    missing = RosterChange(What.MISSING, None, "2", "1", "", None, None)
    assert list(roster_changes(once)) == [missing]
    last_seen = clock.today() - ONE
    apply(session, clock, many(1), endings=1)
    twice = list(roster_changes(look(session, clock, many(1))))
    assert twice == [RosterChange(What.ENDED, None, "2", "1", "last_day", None, last_seen)]


def test_a_roster_that_says_the_same_has_no_line(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(3))
    assert list(roster_changes(look(session, clock, many(3)))) == []


def test_words_that_no_rule_uses_are_told_with_their_number_and_first_row(
    session: Session, clock: SetClock
) -> None:
    a_rule_about(session, clock, "researcher")
    lines = [
        line(1, functies="lecturer"),
        line(2, functies="resaercher, lecturer"),
        line(3, functies="researcher adviser"),
        line(4, functies="resaercher dean"),
        line(5, functies="dean", categorie="adel"),
    ]
    plan = look(session, clock, lines)
    assert plan.unused == (UnusedWord("resaercher", 2, 3), UnusedWord("dean", 1, 5))
    assert [each.row for each in plan.problems] == [6]
    assert len(plan.new) == 4


def test_a_rule_that_has_ended_uses_no_word(session: Session, clock: SetClock) -> None:
    a_rule_about(session, clock, "dean", clock.today() + 2 * ONE)
    lines = [line(1, functies="dean")]
    assert look(session, clock, lines).unused == ()
    clock.instant += 2 * ONE
    assert look(session, clock, lines).unused == (UnusedWord("dean", 1, 2),)
