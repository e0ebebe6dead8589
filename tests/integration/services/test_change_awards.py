"""Another rule for awards that exist: four eyes, new rows, and a past that stays what it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.errors import AwardNotCurrent, NotFound, NothingToChange, SameEyes
from elearning.learning.award_change import Effect
from elearning.learning.validity import Asks
from elearning.services.audit_log import audit_breaks
from elearning.services.badges import withdrawn_places
from elearning.services.carry_out_change import (
    CarriedOut,
    carry_out_all,
    give_other_ends,
    waiting_awards,
)
from elearning.services.change_awards import confirm_change, decline_change, open_changes
from elearning.services.completion_overview import overview
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.completion_trend import trend
from elearning.services.hr_scope import hr_scope
from elearning.services.issue_certificate import code_of
from elearning.services.replace_award import reissue_under_present_name
from elearning.services.sign_in import Grant
from elearning.services.timely import timely
from elearning.services.verify_certificate import Standing, verify_code
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.award_change import ChangedAward
from elearning.storage.certificates import BadgeStatus
from elearning.storage.completion import Award, Certificate
from elearning.storage.people import Person, Role
from tests.builders import an_award
from tests.databases import TODAY
from tests.integration.services.changes import DAY, Office, an_office, with_major, with_policy
from tests.integration.services.learner import SECRET
from tests.integration.services.rosters_at_random import OFFSETS, an_institution
from tests.practice_content import BASIS
from tests.sealing import an_issuing

ONE = timedelta(days=1)
SHORTER, LONGER = 12, 36


@pytest.fixture
def office(session: Session, library: Library, clock: SetClock) -> Office:
    """Return an office of an institution whose awards last a year from today."""
    return an_office(session, with_policy(library, SHORTER), clock)


def newest(office: Office, award: Award) -> Award:
    """Return the newest award of who holds this one."""
    return office.session.scalars(
        select(Award).where(Award.person_id == award.person_id).order_by(Award.sequence.desc())
    ).all()[0]


def standing(office: Office, award: Award) -> Standing:
    """Return what anybody reads who checks the code."""
    code = str(code_of(award.id, SECRET))
    return verify_code(office.session, text=code, secret_key=SECRET, clock=office.clock).standing


class TestAShorterValidity:
    """From twenty-four to twelve months, also for awards that exist."""

    def test_new_awards_only_touches_nobody(self, office: Office) -> None:
        award = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        assert office.carry_out() == 0
        assert newest(office, award) is award

    def test_gives_a_new_row_of_the_same_completion_that_supersedes(self, office: Office) -> None:
        old = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        office.change(Effect.SHORTEN)
        new = newest(office, old)
        assert new.supersedes_id == old.id
        assert (new.obtained_on, new.kind) == (old.obtained_on, old.kind)
        assert (new.content_version, new.sequence) == (old.content_version, 2)
        assert (new.valid_from, new.valid_until) == (DAY, date(2027, 9, 1))
        assert old.valid_until == date(2028, 9, 1)

    def test_who_would_have_ended_has_sixty_days(self, office: Office) -> None:
        old = office.holder(date(2025, 9, 1), date(2027, 9, 1))
        office.change(Effect.SHORTEN)
        assert newest(office, old).valid_until == DAY + timedelta(days=60)

    def test_the_old_code_says_replaced_and_the_new_one_has_the_same_words(
        self, office: Office
    ) -> None:
        old = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        office.change(Effect.SHORTEN)
        new = newest(office, old)
        assert standing(office, old) is Standing.REPLACED
        assert standing(office, new) is Standing.VALID
        words = [office.session.get_one(Certificate, each.id).document for each in (old, new)]
        assert words[0] == words[1]

    def test_the_old_badge_no_longer_holds(self, office: Office) -> None:
        old = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        office.change(Effect.SHORTEN)
        statement = select(BadgeStatus.place).where(BadgeStatus.award_id == old.id)
        void = withdrawn_places(office.session, number=1, today=DAY)
        assert void == [office.session.scalar(statement)]

    def test_the_days_of_notice_count_from_the_decision(self, office: Office) -> None:
        office.holder(date(2025, 9, 1), date(2027, 9, 1))
        change = office.ask(Effect.SHORTEN)
        office.clock.instant += timedelta(days=9)
        assert office.confirm(change).change.effective_on == DAY + timedelta(days=69)
        assert change.effective_on == DAY + timedelta(days=69)

    def test_is_seen_before_it_comes(self, office: Office) -> None:
        for obtained_on in (date(2025, 9, 1), date(2026, 9, 1), date(2025, 4, 1)):
            office.holder(obtained_on, obtained_on.replace(year=obtained_on.year + 2))
        found = office.preview(Effect.SHORTEN)
        assert (found.kept, found.shortened, found.extended, found.ended) == (1, 2, 0, 1)
        assert office.session.scalar(select(func.count()).select_from(Award)) == 3

    def test_an_award_without_a_certificate_gets_none(self, office: Office) -> None:
        old = an_award(office.session, obtained_on=date(2026, 9, 1), valid_until=date(2028, 9, 1))
        office.change(Effect.SHORTEN)
        assert office.session.get(Certificate, newest(office, old).id) is None

    def test_what_was_given_after_the_decision_keeps_its_end(self, office: Office) -> None:
        change = office.ask(Effect.SHORTEN)
        office.confirm(change)
        later = office.clock.now() + timedelta(hours=1)
        award = an_award(
            office.session,
            obtained_on=date(2026, 9, 1),
            valid_until=date(2028, 9, 1),
            recorded_at=later,
        )
        assert office.carry_out() == 0
        assert newest(office, award) is award


class TestALongerValidity:
    """From twenty-four to thirty-six months, also for awards that exist."""

    @pytest.fixture
    def office(self, session: Session, library: Library, clock: SetClock) -> Office:
        return an_office(session, with_policy(library, LONGER), clock)

    def test_goes_to_who_is_valid_today_and_revives_nobody(self, office: Office) -> None:
        valid = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        ended = office.holder(date(2025, 3, 3), DAY)
        office.change(Effect.EXTEND)
        assert newest(office, valid).valid_until == date(2029, 9, 1)
        assert newest(office, ended) is ended

    def test_keeps_the_anchor_of_a_renewal_in_time_after_a_change_of_name(
        self, office: Office
    ) -> None:
        first = office.holder(date(2025, 4, 1), date(2027, 4, 1))
        renewed = an_award(
            office.session,
            person=office.session.get_one(Person, first.person_id),
            obtained_on=date(2027, 2, 15),
            valid_until=date(2029, 4, 1),
            replaces=first,
        )
        again = an_award(
            office.session,
            person=office.session.get_one(Person, first.person_id),
            obtained_on=date(2027, 2, 15),
            valid_until=date(2029, 4, 1),
            replaces=renewed,
        )
        office.change(Effect.EXTEND)
        assert newest(office, again).valid_until == date(2030, 4, 1)

    def test_there_and_back_again_is_where_it_began(self, office: Office) -> None:
        old = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        office.change(Effect.EXTEND)
        back = with_policy(office.library, 24, from_on=DAY + timedelta(days=30))
        replace(office, library=back).change(Effect.SHORTEN)
        assert newest(office, old).valid_until == date(2028, 9, 1)
        assert newest(office, old).sequence == 3


class TestFourEyes:
    """One asks, another decides."""

    def test_who_asked_cannot_confirm(self, office: Office) -> None:
        change = office.ask(Effect.SHORTEN)
        with pytest.raises(SameEyes):
            confirm_change(
                office.session,
                change_id=change.id,
                library=office.library,
                actor_id=office.asks,
                clock=office.clock,
            )
        assert office.carry_out() == 0

    def test_one_request_at_a_time(self, office: Office) -> None:
        office.ask(Effect.SHORTEN)
        with pytest.raises(AwardNotCurrent):
            office.ask(Effect.EXTEND)

    def test_it_is_decided_once(self, office: Office) -> None:
        change = office.change(Effect.SHORTEN)
        with pytest.raises(NotFound):
            office.confirm(change)

    def test_declined_leaves_everything_and_can_be_asked_again(self, office: Office) -> None:
        award = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        change = office.ask(Effect.SHORTEN)
        decline_change(
            office.session, change_id=change.id, actor_id=office.asks, clock=office.clock
        )
        assert office.carry_out() == 0
        assert newest(office, award) is award
        assert office.ask(Effect.SHORTEN).decided_at is None

    def test_without_another_version_there_is_nothing_to_ask(
        self, session: Session, library: Library, clock: SetClock
    ) -> None:
        with pytest.raises(NothingToChange):
            an_office(session, library, clock).ask(Effect.SHORTEN)

    def test_a_request_whose_version_was_taken_out_can_only_be_declined(
        self, office: Office, library: Library
    ) -> None:
        change = office.ask(Effect.SHORTEN)
        (found,) = open_changes(office.session, library=library, clock=office.clock)
        assert (found.id, found.preview, found.requester) == (change.id, None, "Ilse")
        with pytest.raises(NothingToChange):
            replace(office, library=library).confirm(change)

    def test_is_logged_with_counts_and_without_a_holder(self, office: Office) -> None:
        office.holder(date(2026, 9, 1), date(2028, 9, 1))
        change = office.change(Effect.SHORTEN)
        entries = office.session.scalars(
            select(AuditEntry).where(AuditEntry.subject_id == change.id).order_by(AuditEntry.number)
        ).all()
        assert [(each.kind, each.actor_id) for each in entries] == [
            (AuditKind.CHANGE_REQUESTED, office.asks),
            (AuditKind.CHANGE_CONFIRMED, office.decides),
            (AuditKind.CHANGE_DONE, office.decides),
        ]
        assert json.loads(entries[1].facts or "") == {
            "training": BASIS,
            "rule": "shorten",
            "day": "2027-05-02",
            "kept": "0",
            "shortened": "1",
            "extended": "0",
            "ended": "0",
        }
        assert list(audit_breaks(office.session, clock=office.clock)) == []


class TestCarryingOut:
    """In parts, and again after it broke off."""

    def test_a_second_run_does_nothing(self, office: Office) -> None:
        office.holder(date(2026, 9, 1), date(2028, 9, 1))
        change = office.change(Effect.SHORTEN)
        assert change.done_at is not None
        assert office.carry_out() == 0
        assert office.session.scalar(select(func.count()).select_from(ChangedAward)) == 1

    def test_what_broke_off_is_taken_up(self, office: Office) -> None:
        for _ in range(3):
            office.holder(date(2026, 9, 1), date(2028, 9, 1))
        change = office.ask(Effect.SHORTEN)
        office.confirm(change)
        some = waiting_awards(office.session, change_id=change.id, issuing=office.issuing)[:2]
        give_other_ends(office.session, change_id=change.id, awards=some, issuing=office.issuing)
        assert (change.done_at, office.carry_out()) == (None, 1)
        assert change.done_at is not None

    def test_an_award_that_was_replaced_meanwhile_is_passed_over(self, office: Office) -> None:
        award = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        change = office.ask(Effect.SHORTEN)
        office.confirm(change)
        waiting = waiting_awards(office.session, change_id=change.id, issuing=office.issuing)
        office.session.get_one(Person, award.person_id).display_name = "Noor van Dam"
        reissue_under_present_name(
            office.session,
            person_id=award.person_id,
            award_id=award.id,
            issuing=office.issuing,
        )
        done = give_other_ends(
            office.session, change_id=change.id, awards=waiting, issuing=office.issuing
        )
        assert done == 0

    def test_a_new_name_afterwards_keeps_the_end_and_why(self, office: Office) -> None:
        award = office.holder(date(2026, 9, 1), date(2028, 9, 1))
        change = office.change(Effect.SHORTEN)
        shortened = newest(office, award)
        office.session.get_one(Person, award.person_id).display_name = "Noor van Dam"
        renamed = reissue_under_present_name(
            office.session,
            person_id=award.person_id,
            award_id=shortened.id,
            issuing=office.issuing,
        )
        assert renamed.valid_until == shortened.valid_until
        assert office.session.get_one(ChangedAward, renamed.id).change_id == change.id


def ask(
    session: Session, library: Library, day: date, known_at: datetime | None
) -> CompletionQuery:
    """Return the question of the whole institution."""
    scope = hr_scope(session, grants=[Grant(Role.HR_CENTRAL, None)], day=day, known_at=known_at)
    return completion_query(
        library.trainings, training_id=BASIS, scope=scope, day=day, known_at=known_at
    )


@contextmanager
def drawn(engine: Engine, seed: int) -> Iterator[Session]:
    """Give a session with an institution in it, which is gone afterwards."""
    with Session(engine) as session:
        an_institution(session, Random(seed))  # noqa: S311 - no secret
        yield session


@pytest.mark.either_database
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    seed=st.integers(0, 2**32),
    months=st.one_of(st.none(), st.integers(1, 48)),
    effect=st.sampled_from((Effect.SHORTEN, Effect.EXTEND)),
    offset=st.sampled_from([each for each in OFFSETS if each < 0]),
    known_at=st.sampled_from((None, TODAY - timedelta(days=20), TODAY - ONE)),
)
def test_no_change_of_a_rule_alters_a_report_of_the_past(
    engine: Engine,
    library: Library,
    seed: int,
    months: int | None,
    effect: Effect,
    offset: int,
    known_at: datetime | None,
) -> None:
    day = DAY + timedelta(days=offset)
    with drawn(engine, seed) as session:
        before = overview(session, ask(session, library, day, known_at))
        figures = figures_of(session, ask(session, library, day, known_at))
        office = an_office(session, with_policy(library, months), SetClock(TODAY))
        office.change(effect)
        after = ask(session, office.library, day, known_at)
        assert overview(session, after) == before
        assert figures_of(session, after) == figures


def figures_of(session: Session, query: CompletionQuery) -> object:
    """Return the coverage of two days, and who was in time and how many awards there were."""
    days = [query.day - ONE, query.day]
    return trend(session, query, days), timely(session, query, days[0])


def test_a_hundred_awards_are_one_transaction(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elearning.services.carry_out_change.AT_ONCE", 2)
    for _ in range(5):
        office.holder(date(2026, 9, 1), date(2028, 9, 1))
    office.confirm(office.ask(Effect.SHORTEN))
    opened = []

    @contextmanager
    def transaction() -> Iterator[Session]:
        opened.append(1)
        yield office.session

    assert carry_out_all(transaction, issuing=office.issuing) == CarriedOut(5, ())
    assert len(opened) == 1 + 1 + 3 + 1


def test_a_change_that_the_content_no_longer_knows_waits_and_keeps_up_no_other(
    session: Session, library: Library, clock: SetClock
) -> None:
    office = an_office(session, with_policy(library, SHORTER), clock)
    office.holder(date(2026, 9, 1), date(2028, 9, 1))
    gone = office.ask(Effect.SHORTEN)
    office.confirm(gone)
    later = replace(office, library=with_major(library, Asks.FULL))
    other = later.ask(Effect.LIMIT)
    later.confirm(other)
    found = carry_out_all(office.transaction, issuing=later.issuing)
    assert found.awards == 1
    assert [change_id for change_id, _ in found.stuck] == [gone.id]
    assert (gone.done_at, other.done_at) == (None, clock.now())
    without = replace(library, trainings={})
    nothing = carry_out_all(office.transaction, issuing=an_issuing(without, SECRET, clock))
    assert nothing == CarriedOut(0, ((gone.id, f"no training {BASIS!r}"),))
    assert office.carry_out() == 0
    assert gone.done_at == clock.now()
