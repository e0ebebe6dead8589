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
from elearning.learning.audit_chain import Break
from elearning.services.audit_log import (
    Act,
    audit_breaks,
    audit_head,
    digest_at,
    forget_old_entries,
    record,
)
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
    assert found(log, clock) == [Break(4, "missing: entry 5 follows 3")]


def test_removed_rows_at_the_end_are_noticed(log: Session, clock: SetClock) -> None:
    log.execute(text("DELETE FROM audit_entry WHERE number > 7"))
    assert found(log, clock) == [Break(9, "the log ends at entry 7, not as it should")]


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
    assert found(log, clock) == [Break(4, "what it says was removed before its time")]


def test_after_24_months_only_the_digests_are_left_and_the_chain_holds(
    log: Session, clock: SetClock
) -> None:
    clock.instant += timedelta(days=740)
    record(log, an_act(count="10"), clock=clock)
    assert forget_old_entries(log, clock=clock) == 9
    assert forget_old_entries(log, clock=clock) == 0
    assert found(log, clock) == []
    log.expire_all()
    kept = log.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert {(each.kind, each.subject_id, each.facts, each.salt) for each in kept[:9]} == {
        (None, None, None, None)
    }
    assert kept[9].kind is AuditKind.AWARD_GIVEN


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
