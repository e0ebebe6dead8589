"""One-time codes: single use, bound to nobody, and the same answer for whatever is not usable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.errors import CodeNotUsable, TooManyTries
from elearning.learning.training_code import make_code
from elearning.services.apply_retention import Retention, apply_retention
from elearning.services.learning_limit import LearningLimit
from elearning.services.training_codes import (
    PER_NETWORK,
    PER_PERSON,
    VALID_DAYS,
    complete_with_code,
    count_code,
    print_codes,
    printable_trainings,
)
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Award, Certificate
from elearning.storage.learning_state import LearningLink
from elearning.storage.models import Base
from elearning.storage.training_code import TrainingCode
from tests.builders import a_person, an_award, an_obligation
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import ADVISER, BASIS, CHECK_ONLY, PACED
from tests.sealing import an_issuing

NEVER_PRINTED = str(make_code(b"never printed"))
NETWORK = "192.0.2.0/24"


def unused(session: Session) -> int:
    return len(session.scalars(select(TrainingCode)).all())


def test_a_batch_is_as_large_as_asked_and_keeps_no_code(learner: Learner) -> None:
    printer = a_person(learner.session, name="Samira el Khatib")
    codes, last_day = print_codes(
        learner.session,
        training=learner.library.training(BASIS),
        number=20,
        printed_by=printer.id,
        secret_key=SECRET,
        clock=learner.clock,
    )
    assert len({str(code) for code in codes}) == 20
    assert last_day == learner.clock.today() + timedelta(days=VALID_DAYS - 1)
    rows = learner.session.scalars(select(TrainingCode)).all()
    kept = " ".join(f"{row.code_digest} {row.training_id} {row.expires_on}" for row in rows)
    assert len(rows) == 20
    assert not any(code.text in kept for code in codes)
    entry = learner.session.scalars(select(AuditEntry)).one()
    assert (entry.kind, entry.actor_id) == (AuditKind.CODES_PRINTED, printer.id)
    assert entry.subject_id is None


def test_a_code_gives_the_award_and_its_certificate_and_is_gone(learner: Learner) -> None:
    code = learner.a_code()
    award = learner.use(code)
    assert (award.training_id, award.sequence) == (BASIS, 1)
    assert award.valid_until == date(2029, 3, 3)
    assert learner.session.scalars(select(Certificate.award_id)).one() == award.id
    assert unused(learner.session) == 0
    assert learner.finish() == ()


def test_it_may_be_typed_in_any_way(learner: Learner) -> None:
    code = learner.a_code()
    learner.use(f"  {code.lower().replace('-', ' ')}")
    assert unused(learner.session) == 0


def test_a_code_works_once(learner: Learner, new_learner: NewLearner) -> None:
    code = learner.a_code()
    learner.use(code)
    with pytest.raises(CodeNotUsable):
        new_learner(BASIS).use(code)


def test_nothing_that_is_kept_leads_from_a_code_to_a_person(learner: Learner) -> None:
    learner.use(learner.a_code())
    session = learner.session
    assert session.scalars(select(LearningLink)).all() == []
    assert "person_id" not in Base.metadata.tables["training_code"].columns
    said = session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)).all()
    assert said == [
        AuditKind.CODES_PRINTED,
        AuditKind.AWARD_GIVEN,
        AuditKind.CERTIFICATE_ISSUED,
    ]


def test_every_refusal_is_the_same_and_uses_nothing_up(
    learner: Learner, new_learner: NewLearner
) -> None:
    used = learner.a_code()
    new_learner(BASIS).use(used)
    other, good = learner.a_code(CHECK_ONLY), learner.a_code()
    messages = set()
    for code in (used, other, NEVER_PRINTED, "ABCD", ""):
        with pytest.raises(CodeNotUsable) as refusal:
            learner.use(code)
        messages.add(str(refusal.value))
    assert len(messages) == 1
    assert unused(learner.session) == 2
    assert learner.use(good).training_id == BASIS


def test_on_its_last_day_it_works_and_the_day_after_it_does_not(
    learner: Learner, new_learner: NewLearner
) -> None:
    code, late = learner.a_code(), learner.a_code()
    learner.clock.instant += timedelta(days=VALID_DAYS - 1)
    learner.use(code)
    learner.clock.instant += timedelta(days=1)
    with pytest.raises(CodeNotUsable):
        new_learner(BASIS).use(late)


def test_who_holds_a_valid_award_keeps_the_code_for_somebody_else(
    learner: Learner, new_learner: NewLearner
) -> None:
    an_award(learner.session, person=learner.person, valid_until=date(2029, 1, 15))
    code = learner.a_code()
    with pytest.raises(CodeNotUsable):
        learner.use(code)
    assert new_learner(BASIS).use(code).sequence == 1


def test_a_renewal_can_be_done_with_a_person_as_well(learner: Learner) -> None:
    obtained, until = date(2025, 4, 20), date(2027, 4, 20)
    an_award(learner.session, person=learner.person, obtained_on=obtained, valid_until=until)
    award = learner.use(learner.a_code())
    assert (award.sequence, award.valid_until) == (2, date(2029, 4, 20))


def test_a_code_for_what_is_covered_by_a_longer_training_does_not_fit(
    new_learner: NewLearner,
) -> None:
    learner = new_learner(BASIS, ADVISER)
    with pytest.raises(CodeNotUsable):
        learner.use(learner.a_code(BASIS))
    assert learner.use(learner.a_code(ADVISER)).training_id == ADVISER


def test_rolling_back_gives_the_code_back(learner: Learner) -> None:
    code = learner.a_code()
    learner.session.commit()
    learner.use(code)
    learner.session.rollback()
    assert learner.session.scalars(select(Award)).all() == []
    assert learner.use(code).training_id == BASIS


def test_of_two_people_with_one_code_at_once_one_gets_the_award(
    new_learner: NewLearner, engine: Engine, library: Library, clock: SetClock
) -> None:
    one, other = new_learner(BASIS), new_learner(BASIS)
    code = one.a_code()
    one.session.commit()

    def use(person: Learner) -> str:
        with Session(engine) as session, session.begin():
            try:
                complete_with_code(
                    session,
                    person_id=person.person_id,
                    text=code,
                    issuing=an_issuing(library, SECRET, clock),
                )
            except CodeNotUsable:
                return "refused"
        return "obtained"

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(use, (one, other))) == ["obtained", "refused"]
    assert len(one.session.scalars(select(Award)).all()) == 1


def test_tries_are_counted_per_person_and_per_network(learner: Learner) -> None:
    def attempt(person: Learner) -> None:
        count_code(
            person.session,
            person_id=person.person_id,
            network=NETWORK,
            secret_key=SECRET,
            clock=person.clock,
        )

    for _ in range(PER_PERSON.tries):
        attempt(learner)
    with pytest.raises(TooManyTries):
        attempt(learner)
    learner.clock.instant += PER_PERSON.window
    attempt(learner)
    assert PER_NETWORK.tries > PER_PERSON.tries


def test_nobody_prints_a_code_for_a_training_of_their_own(new_learner: NewLearner) -> None:
    adviser = new_learner(ADVISER)
    found = printable_trainings(
        adviser.session, library=adviser.library, person_id=adviser.person_id
    )
    assert {each.id for each in found} == {BASIS, CHECK_ONLY, PACED}
    an_obligation(adviser.session, person=adviser.person, training_id=BASIS)
    left = printable_trainings(
        adviser.session, library=adviser.library, person_id=adviser.person_id
    )
    assert {each.id for each in left} == {CHECK_ONLY, PACED}


def test_codes_past_their_day_are_forgotten_and_the_others_stay(learner: Learner) -> None:
    learner.a_code()
    learner.clock.instant += timedelta(days=VALID_DAYS - 1)
    learner.a_code()
    assert forgotten_codes(learner) == 0
    learner.clock.instant += timedelta(days=1)
    assert forgotten_codes(learner) == 1
    assert unused(learner.session) == 1


def forgotten_codes(learner: Learner) -> int:
    limit = LearningLimit(learner.library)
    there = Retention(lambda: nullcontext(learner.session), limit, learner.clock)
    return apply_retention(there).codes
