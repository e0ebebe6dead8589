"""The audit log says who did what to which key, and shows every alteration by its number."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.learning.audit_chain import Break, Fault, Head
from elearning.services.audit_log import (
    Act,
    audit_anchor,
    audit_breaks,
    audit_head,
    digest_at,
    record,
)
from elearning.services.forget_audit_entries import empty_entries_about, forget_old_entries
from elearning.storage.audit import AuditEntry, AuditFact, AuditKind
from tests.integration.services.learner import Learner
from tests.practice_content import BASIS
from tests.shipped_content import ROOT

WORKERS = 4
TIMES = 50
COLUMNS = {
    "recorded_at": "'2020-01-01 00:00:00+00'",
    "kind": "'certificate_issued'",
    "actor_id": "'00000000000000000000000000000001'",
    "subject_id": "'00000000000000000000000000000001'",
    "facts": """'{"count": "2"}'""",
    "salt": "'00'",
    "content_digest": "'00'",
    "chain_digest": "'00'",
}


def an_act(**facts: str) -> Act:
    """Return something to log."""
    return Act(
        AuditKind.AWARD_GIVEN, None, uuid4(), {AuditFact(name): facts[name] for name in facts}
    )


def found(session: Session, clock: SetClock) -> list[Break]:
    """Check the whole log."""
    return list(audit_breaks(session, clock=clock))


@pytest.fixture
def log(session: Session, clock: SetClock) -> Session:
    """Return a session on a log of nine entries."""
    for number in range(1, 10):
        record(session, an_act(count=str(number)), clock=clock)
        clock.instant += timedelta(hours=1)
    return session


def test_an_untouched_log_has_no_break(log: Session, clock: SetClock) -> None:
    assert found(log, clock) == []
    assert audit_head(log).number == 9
    assert audit_head(log).chain_digest == digest_at(log, 9)


def test_an_empty_log_has_none_either(session: Session, clock: SetClock) -> None:
    assert found(session, clock) == []
    assert audit_head(session).chain_digest == digest_at(session, 0)


@pytest.mark.parametrize("column", COLUMNS)
def test_an_altered_row_is_named(log: Session, clock: SetClock, column: str) -> None:
    altered = f"UPDATE audit_entry SET {column} = {COLUMNS[column]} WHERE number = 4"  # noqa: S608
    log.execute(text(altered))
    assert found(log, clock)[0].number == 4


def test_a_kind_that_does_not_exist_is_named_and_no_crash(log: Session, clock: SetClock) -> None:
    log.execute(text("UPDATE audit_entry SET kind = 'nothing' WHERE number = 4"))
    assert [each.number for each in found(log, clock)] == [4]


def test_a_removed_row_is_named(log: Session, clock: SetClock) -> None:
    log.execute(text("DELETE FROM audit_entry WHERE number = 4"))
    assert found(log, clock) == [Break(4, Fault.MISSING, 5)]


def test_removed_rows_at_the_end_are_noticed(log: Session, clock: SetClock) -> None:
    log.execute(text("DELETE FROM audit_entry WHERE number > 7"))
    assert found(log, clock) == [Break(9, Fault.WRONG_END, 7)]


def test_rows_that_changed_places_are_named(log: Session, clock: SetClock) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        log.execute(text(f"UPDATE audit_entry SET number = {new} WHERE number = {old}"))  # noqa: S608
    assert {4, 5} <= {each.number for each in found(log, clock)}


def test_content_that_was_removed_before_its_time_is_named(log: Session, clock: SetClock) -> None:
    log.execute(
        text(
            "UPDATE audit_entry SET kind = NULL, subject_id = NULL, facts = NULL, salt = NULL "
            "WHERE number = 4"
        )
    )
    assert found(log, clock) == [Break(4, Fault.EMPTIED_TOO_SOON)]


def test_after_24_months_entries_go_and_the_chain_of_the_rest_holds(
    log: Session, clock: SetClock
) -> None:
    ninth = digest_at(log, 9)
    clock.instant += timedelta(days=740)
    record(log, an_act(count="10"), clock=clock)
    assert forget_old_entries(log, clock=clock) == 9
    assert forget_old_entries(log, clock=clock) == 0
    assert found(log, clock) == []
    assert [each.number for each in log.scalars(select(AuditEntry))] == [10]
    assert audit_anchor(log) == Head(9, str(ninth))
    assert (digest_at(log, 9), digest_at(log, 4)) == (ninth, None)


def test_the_chain_goes_on_where_everything_before_has_gone(log: Session, clock: SetClock) -> None:
    clock.instant += timedelta(days=740)
    assert forget_old_entries(log, clock=clock) == 9
    assert found(log, clock) == []
    record(log, an_act(), an_act(), clock=clock)
    assert [each.number for each in log.scalars(select(AuditEntry))] == [10, 11]
    assert found(log, clock) == []


def test_entries_go_in_several_runs(log: Session, clock: SetClock) -> None:
    clock.instant += timedelta(days=729)
    assert forget_old_entries(log, clock=clock) == 0
    clock.instant += timedelta(days=400)
    record(log, an_act(), clock=clock)
    assert forget_old_entries(log, clock=clock) == 9
    clock.instant += timedelta(days=740)
    record(log, an_act(), clock=clock)
    assert forget_old_entries(log, clock=clock) == 1
    assert audit_anchor(log).number == 10
    assert found(log, clock) == []


def test_an_entry_of_a_clock_that_ran_behind_keeps_those_before_it(
    log: Session, clock: SetClock
) -> None:
    clock.instant -= timedelta(days=800)
    record(log, an_act(), clock=clock)
    clock.instant += timedelta(days=800)
    assert forget_old_entries(log, clock=clock) == 0
    assert found(log, clock) == []


@pytest.mark.parametrize("column", ["number", "chain_digest"])
def test_an_altered_anchor_is_noticed(log: Session, clock: SetClock, column: str) -> None:
    clock.instant += timedelta(days=740)
    record(log, an_act(), clock=clock)
    forget_old_entries(log, clock=clock)
    log.execute(text(f"UPDATE audit_anchor SET {column} = '7'"))  # noqa: S608
    log.expire_all()
    assert [each.number for each in found(log, clock)] in ([8], [10])


def test_what_is_said_of_somebody_can_be_emptied_and_the_chain_says_which(
    log: Session, clock: SetClock
) -> None:
    about = [each.subject_id for each in log.scalars(select(AuditEntry)) if each.number in {2, 5}]
    keys = [key for key in about if key is not None]
    assert empty_entries_about(log, keys=keys, clock=clock) == 2
    log.expire_all()
    empty = log.get_one(AuditEntry, 2)
    assert (empty.kind, empty.subject_id, empty.facts, empty.salt) == (None, None, None, None)
    assert log.get_one(AuditEntry, 10).facts == '{"entries": "2.5"}'
    assert found(log, clock) == []
    log.execute(text("UPDATE audit_entry SET facts = '{}' WHERE number = 10"))
    assert [each.number for each in found(log, clock)] == [2, 5, 10]


def test_more_entries_than_a_fact_holds_are_named_in_several(log: Session, clock: SetClock) -> None:
    key = uuid4()
    for _ in range(40):
        record(log, Act(AuditKind.BADGE_SHARED, key, key), clock=clock)
    assert empty_entries_about(log, keys=[key], clock=clock) == 40
    assert audit_head(log).number == 9 + 40 + 3
    assert found(log, clock) == []


def test_emptying_nothing_adds_no_entry(log: Session, clock: SetClock) -> None:
    assert empty_entries_about(log, keys=[uuid4()], clock=clock) == 0
    assert audit_head(log).number == 9


@pytest.mark.parametrize("words", ["Noor de Wit", "noor@instelling.example", "", "a\nb", "é"])
def test_an_entry_takes_no_text(words: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        an_act(reason=words)


def test_a_rolled_back_act_leaves_no_entry_and_no_gap(engine: Engine, clock: SetClock) -> None:
    for is_kept in (True, False, True):
        with Session(engine) as session:
            record(session, an_act(), clock=clock)
            if is_kept:
                session.commit()
    with Session(engine) as session:
        assert audit_head(session).number == 2
        assert found(session, clock) == []


def test_several_workers_make_one_chain(engine: Engine, database_url: str, clock: SetClock) -> None:
    workers = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.integration.storage.appending",
                database_url,
                str(TIMES),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(WORKERS)
    ]
    for worker in workers:
        print("go", file=worker.stdin, flush=True)
    assert [worker.communicate()[1] for worker in workers] == [""] * WORKERS
    with Session(engine) as session:
        assert audit_head(session).number == WORKERS * TIMES * 4 // 5
        assert found(session, clock) == []


def test_an_award_and_its_certificate_are_logged_with_them(learner: Learner) -> None:
    (award,) = learner.do_everything()
    entries = learner.session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [each.kind for each in entries] == [
        AuditKind.AWARD_GIVEN,
        AuditKind.CERTIFICATE_ISSUED,
    ]
    assert {each.subject_id for each in entries} == {award.id}
    assert f'"training": "{BASIS}"' in str(entries[0].facts)
    said = " ".join(str(each.facts) for each in entries)
    assert learner.person.display_name not in said
