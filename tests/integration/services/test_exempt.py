"""Exemptions on both databases: found, given, listed, ended, and the past stays what it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.errors import Conflict, NotFound, SameEyes
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.exempt import ExemptionDraft, end_exemption, exempt
from elearning.services.exempt_whom import MOST_FOUND, candidate, due_day, find_candidates
from elearning.services.exemptions import (
    ExemptionFilter,
    ExemptionState,
    exemption_rows,
    own_exemptions,
)
from elearning.services.hr_scope import hr_scope
from elearning.services.sign_in import Grant
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Exemption, ExemptionCode
from elearning.storage.people import Person, Role, Unit
from tests.builders import (
    TRAINING,
    a_person,
    a_unit,
    an_appointment,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.trainings import a_training

DAY = TODAY.date()
ONE = timedelta(days=1)
LATER = DAY + timedelta(days=100)
EVERYTHING = ExemptionFilter(None, None, "")
CODE = ExemptionCode.OTHER_EMPLOYER


@pytest.fixture
def arts(session: Session) -> Unit:
    return a_unit(session, code="arts", parent=a_unit(session, code="root"))


@pytest.fixture
def noor(session: Session, arts: Unit) -> Person:
    return a_learner(session, "Noor Gökçe", arts)


def a_learner(session: Session, name: str, unit: Unit) -> Person:
    person = a_person(session, name=name)
    an_appointment(session, person=person, unit=unit)
    an_obligation(session, person=person)
    return person


def ask(
    session: Session, *, day: date = DAY, known_at: datetime | None = None, unit: Unit | None = None
) -> CompletionQuery:
    grant = Grant(Role.HR_UNIT, unit.id) if unit is not None else Grant(Role.HR_CENTRAL, None)
    scope = hr_scope(session, grants=[grant], day=day, known_at=known_at)
    return completion_query(
        {TRAINING: a_training()}, training_id=TRAINING, scope=scope, day=day, known_at=known_at
    )


def give(session: Session, clock: SetClock, person: Person, granted_by: Person) -> Exemption:
    draft = ExemptionDraft(person.external_id, TRAINING, CODE, DAY, LATER)
    scope = ask(session).scope
    return exempt(session, scope=scope, draft=draft, granted_by=granted_by.id, clock=clock)


def end(
    session: Session, clock: SetClock, row: Exemption, by: Person, *, training_id: str = TRAINING
) -> None:
    end_exemption(
        session,
        scope=ask(session).scope,
        training_id=training_id,
        exemption_id=row.id,
        ended_by=by.id,
        clock=clock,
    )


def listed(
    session: Session, query: CompletionQuery, chosen: ExemptionFilter = EVERYTHING
) -> list[tuple[str, date, date, ExemptionState]]:
    rows = exemption_rows(session, query, chosen)
    return [
        (row.name, row.days.from_on, row.days.until_on, row.days.state_on(query.day))
        for row in rows
    ]


class TestGiving:
    """Whom it is about is found in the scope; nobody exempts themselves."""

    def test_people_are_found_by_part_of_a_name_and_by_their_whole_number(
        self, session: Session, noor: Person
    ) -> None:
        for text in ("gokce", "NOOR", noor.external_id):
            (found,) = find_candidates(session, ask(session), text)
            assert (found.id, found.name) == (noor.id, "Noor Gökçe")
            assert [unit.code for unit in found.units] == ["arts"]
        for text in ("", "n", "%", "nobody", noor.external_id[:1]):
            assert find_candidates(session, ask(session), text) == ()

    def test_who_works_elsewhere_or_need_not_hold_it_is_not_found(
        self, session: Session, noor: Person
    ) -> None:
        law = a_unit(session, code="law")
        an_appointment(session, person=a_person(session, name="Noor without"), unit=law)
        assert find_candidates(session, ask(session, unit=law), "noor") == ()
        for person_id in (noor.id, a_person(session).id):
            with pytest.raises(NotFound):
                candidate(session, ask(session, unit=law), person_id)
        assert due_day(session, ask(session, unit=law), noor.id) is None

    def test_at_most_one_more_than_twenty_are_found(self, session: Session, arts: Unit) -> None:
        for number in range(MOST_FOUND + 5):
            a_learner(session, f"Jan {number}", arts)
        assert len(find_candidates(session, ask(session), "jan")) == MOST_FOUND + 1

    def test_somebody_who_is_exempt_is_found_with_the_day(
        self, session: Session, clock: SetClock, noor: Person
    ) -> None:
        assert candidate(session, ask(session), noor.id).exempt_until is None
        give(session, clock, noor, a_person(session))
        assert candidate(session, ask(session), noor.id).exempt_until == LATER

    def test_nobody_exempts_themselves(
        self, session: Session, clock: SetClock, noor: Person
    ) -> None:
        with pytest.raises(SameEyes):
            give(session, clock, noor, noor)


class TestEnding:
    """From today, once, with the history and the log as they were."""

    def test_ends_it_today_and_keeps_what_was_known_before(
        self, session: Session, clock: SetClock, noor: Person, arts: Unit
    ) -> None:
        hr = a_person(session, name="Petra")
        row = give(session, clock, noor, hr)
        given_at = clock.now()
        clock.instant += timedelta(days=10)
        ended_on = clock.today()
        end(session, clock, row, hr)
        session.flush()
        assert listed(session, ask(session, day=ended_on)) == [
            ("Noor Gökçe", DAY, ended_on, ExemptionState.ENDED)
        ]
        before = ask(session, day=ended_on, known_at=given_at + timedelta(hours=1))
        assert listed(session, before) == [("Noor Gökçe", DAY, LATER, ExemptionState.NOW)]
        assert exemption_rows(session, before, EVERYTHING)[0].granted_by == "Petra"
        assert arts.code == "arts"
        kinds = session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)).all()
        assert kinds == [AuditKind.EXEMPTION_GIVEN, AuditKind.EXEMPTION_ENDED]

    def test_what_began_today_is_taken_back_whole(
        self, session: Session, clock: SetClock, noor: Person
    ) -> None:
        row = give(session, clock, noor, noor_s_colleague(session))
        end(session, clock, row, noor)
        session.flush()
        assert listed(session, ask(session)) == []
        assert own_exemptions(session, person_id=noor.id) == ()

    def test_is_refused_twice_elsewhere_and_under_another_training(
        self, session: Session, clock: SetClock, noor: Person
    ) -> None:
        hr = a_person(session)
        row = give(session, clock, noor, hr)
        with pytest.raises(NotFound):
            end(session, clock, row, hr, training_id="adviser")
        law = a_unit(session, code="law")
        with pytest.raises(NotFound):
            end_exemption(
                session,
                scope=ask(session, unit=law).scope,
                training_id=TRAINING,
                exemption_id=row.id,
                ended_by=hr.id,
                clock=clock,
            )
        end(session, clock, row, hr)
        session.flush()
        with pytest.raises(NotFound):
            end(session, clock, row, hr)

    def test_is_refused_for_what_has_ended(
        self, session: Session, clock: SetClock, noor: Person
    ) -> None:
        row = Exemption(
            person_id=noor.id,
            training_id=TRAINING,
            code=CODE,
            from_on=DAY - timedelta(days=9),
            until_on=DAY,
            granted_by=None,
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        session.add(row)
        session.flush()
        with pytest.raises(Conflict):
            end(session, clock, row, noor)


def noor_s_colleague(session: Session) -> Person:
    return a_person(session, name="Petra")


class TestTheList:
    """Of a training, in a scope, on a day, as known at a moment."""

    @pytest.fixture
    def three(self, session: Session, noor: Person, arts: Unit) -> None:
        for person, code, from_on, until_on in (
            (noor, CODE, DAY - ONE, DAY + ONE),
            (a_learner(session, "Bram", arts), ExemptionCode.OUT_OF_SCOPE_ROLE, DAY + ONE, LATER),
            (a_learner(session, "Chen", arts), CODE, DAY - 9 * ONE, DAY),
        ):
            obligation = an_obligation(session, person=person, closed_on=DAY - 300 * ONE)
            an_exemption(
                session, obligation=obligation, from_on=from_on, until_on=until_on, code=code
            )

    @pytest.mark.usefixtures("three")
    def test_can_be_narrowed_by_state_code_and_name(self, session: Session) -> None:
        query = ask(session)

        def names(**asked: object) -> list[str]:
            chosen = ExemptionFilter(**{"state": None, "code": None, "name": "", **asked})  # type: ignore[arg-type]
            return [each[0] for each in listed(session, query, chosen)]

        assert names() == ["Chen", "Noor Gökçe", "Bram"]
        assert names(state=ExemptionState.NOW) == ["Noor Gökçe"]
        assert names(state=ExemptionState.AHEAD) == ["Bram"]
        assert names(state=ExemptionState.ENDED) == ["Chen"]
        assert names(code=CODE) == ["Chen", "Noor Gökçe"]
        assert names(name="GOKCE") == ["Noor Gökçe"]

    @pytest.mark.usefixtures("three")
    def test_holds_nobody_outside_the_scope_nor_of_another_training(self, session: Session) -> None:
        law = a_unit(session, code="law")
        assert listed(session, ask(session, unit=law)) == []
        other = a_training("adviser")
        query = completion_query(
            {"adviser": other}, training_id="adviser", scope=ask(session).scope, day=DAY
        )
        assert listed(session, query) == []
