"""Two worlds with the same people, who completed on the same days and learned in different ways.

Journeys are written as the rows that the player would have left, because two thousand of them are
wanted twice; awards and certificates are given by the use case that always gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.complete_training import complete_what_is_met
from elearning.services.publish_content import publish_content
from elearning.services.training_codes import complete_with_code, print_codes
from elearning.storage.certificates import Withdrawal, WithdrawalReason
from elearning.storage.completion import Award
from elearning.storage.learning_state import Attempt, AttemptStep, LearningLink, ModulePage
from elearning.storage.people import Person, Role, Unit
from tests.builders import a_role, a_unit, an_account, an_appointment, an_obligation
from tests.practice_content import (
    BASIS,
    MODULE_ID,
    OTHER_TALK,
    QUIZ,
    QUIZ_BADLY,
    QUIZ_WELL,
    READ_BADLY,
    READ_WELL,
    REPAIRED,
    SILENT,
    TALK,
    UNREPAIRED,
    WELL,
    WITH_A_SLIP,
    reading_of,
)
from tests.sealing import an_issuing, unproved_seal

UNITS = ("arts", "law", "science")
OFFICER = "hr@instelling.example"
GIVES_UP = 0.3
MOST_TRIES = 4
WITH_A_PERSON = 0.2
BAD_TALKS = (SILENT, UNREPAIRED, WITH_A_SLIP)


@dataclass(frozen=True, slots=True)
class Play:
    """One run: what was played, with which choices, and whether it got to its end."""

    scenario_id: str
    choices: tuple[str, ...]
    has_ended: bool = True


@dataclass(frozen=True, slots=True)
class Journey:
    """How somebody learned; `completed_on` is all that anybody else may ever know of it."""

    completed_on: date | None
    plays: tuple[Play, ...]
    answers: tuple[str, ...]
    has_code: bool


def journeys(count: int, today: date, days: Random, ways: Random) -> Iterator[Journey]:
    """Yield journeys whose days come from one source of chance, and their ways from another."""
    for _ in range(count):
        gives_up = days.random() < GIVES_UP
        day = today - timedelta(days=days.randrange(0, 400))
        yield _journey(None if gives_up else day, ways)


def build_world(
    session: Session,
    library: Library,
    clock: SetClock,
    journeys: Sequence[Journey],
    secret_key: str,
) -> None:
    """Write the institution, its people and what they did; the clock comes back as it was."""
    publish_content(session, library=library, clock=clock)
    units = _institution(session)
    people = [_person(session, number, units) for number, _ in enumerate(journeys)]
    session.flush()
    for person_id, journey in zip(people, journeys, strict=True):
        _leave_rows(session, library, person_id, journey, clock.today())
    session.flush()
    now, today = clock.instant, clock.today()
    for person_id, journey in zip(people, journeys, strict=True):
        if journey.completed_on is not None:
            clock.instant = now - (today - journey.completed_on)
            _complete(session, library, person_id, journey, clock, secret_key)
    clock.instant = now
    _ask_for_withdrawals(session, clock)


def _ask_for_withdrawals(session: Session, clock: SetClock) -> None:
    """Let two certificates be in question: one that waits, and one that was left as it was."""
    first = select(Award).join(Person, Person.id == Award.person_id).order_by(Person.external_id)
    for number, award in enumerate(session.scalars(first.limit(2)).all()):
        is_decided = number > 0
        session.add(
            Withdrawal(
                id=uuid5(NAMESPACE_URL, f"withdrawal {number}"),
                award_id=award.id,
                reason=WithdrawalReason.NOT_MET,
                requested_by=None,
                requested_at=clock.now(),
                decided_by=None,
                decided_at=clock.now() if is_decided else None,
                is_confirmed=False if is_decided else None,
            )
        )


def _complete(
    session: Session,
    library: Library,
    person_id: UUID,
    journey: Journey,
    clock: SetClock,
    secret_key: str,
) -> None:
    issuing = replace(an_issuing(library, secret_key, clock), seal=unproved_seal())
    if not journey.has_code:
        complete_what_is_met(session, person_id=person_id, issuing=issuing)
        return
    training = library.training(BASIS)
    (code,), _ = print_codes(
        session, training=training, number=1, printed_by=None, secret_key=secret_key, clock=clock
    )
    complete_with_code(session, person_id=person_id, text=code.text, issuing=issuing)


def _journey(completed_on: date | None, ways: Random) -> Journey:
    plays: list[Play] = []
    has_code = completed_on is not None and ways.random() < WITH_A_PERSON
    if has_code:
        tries = tuple(_try(TALK, ways) for _ in range(ways.randrange(MOST_TRIES)))
        return Journey(completed_on, tries, (), has_code=True)
    for talk in (TALK, OTHER_TALK):
        plays += [_try(talk, ways) for _ in range(ways.randrange(MOST_TRIES))]
        if completed_on is not None:
            well = ways.choice((WELL, REPAIRED)) if talk == TALK else WELL
            reads = ways.random() < 0.5
            plays.append(Play(reading_of(talk), READ_WELL) if reads else Play(talk, well))
    plays += [Play(QUIZ, QUIZ_BADLY)] * ways.randrange(3)
    if completed_on is not None:
        plays.append(Play(QUIZ, QUIZ_WELL))
    answers = tuple(ways.choices(("kan_beter", "liever_niet"), k=ways.randrange(2)))
    done = (*answers, "past") if completed_on else answers
    return Journey(completed_on, tuple(plays), done, has_code=False)


def _try(talk: str, ways: Random) -> Play:
    if ways.random() < 0.4:
        return Play(reading_of(talk), READ_BADLY)
    return Play(talk, ways.choice(BAD_TALKS))


def _institution(session: Session) -> list[Unit]:
    root = a_unit(session, code="institution")
    units = [a_unit(session, code=code, parent=root) for code in UNITS]
    officer = an_account(session, sign_in_name=OFFICER)
    officer.person.external_id = "hr"  # in either world; builders go on counting
    a_role(session, person=officer.person, role=Role.HR_CENTRAL)
    a_role(session, person=officer.person, role=Role.MANAGER, unit=root)
    return units


def person_key(number: int) -> UUID:
    """Return the key of somebody, the same in every world."""
    return uuid5(NAMESPACE_URL, f"person {number}")


def _person(session: Session, number: int, units: list[Unit]) -> UUID:
    person = Person(
        id=person_key(number),
        external_id=f"pair-{number}",
        display_name=f"Medewerker {number:05}",
        email=f"pair-{number}@instelling.example",
        language="nl",
    )
    session.add(person)
    session.flush()
    an_appointment(session, person=person, unit=units[number % len(units)])
    an_obligation(session, person=person, training_id=BASIS)
    return person.id


def _leave_rows(
    session: Session, library: Library, person_id: UUID, journey: Journey, today: date
) -> None:
    key = uuid4()
    session.execute(insert(LearningLink), [{"person_id": person_id, "learning_key": key}])
    day = journey.completed_on or today
    pages: list[tuple[str, str | None, date | None]] = [("lezen", None, day)]
    if journey.answers:
        pages.append(("vraag", journey.answers[-1], day if "past" in journey.answers else None))
    session.execute(
        insert(ModulePage),
        [
            {"learning_key": key, "module_id": MODULE_ID, "page_id": page, "option_id": option}
            | {"done_on": done_on}
            for page, option, done_on in pages
        ],
    )
    runs = [(uuid4(), play) for play in journey.plays]
    if runs:
        session.execute(insert(Attempt), [_run(library, key, *run, day) for run in runs])
        session.execute(insert(AttemptStep), list(_steps(runs)))


def _run(library: Library, key: UUID, run_id: UUID, play: Play, day: date) -> dict[str, Any]:
    return {
        "id": run_id,
        "learning_key": key,
        "scenario_id": play.scenario_id,
        "content_version": library.scenario(play.scenario_id).scenario.version,
        "seed": run_id.int % 2**16,
        "forked_from": None,
        "forked_at_turn": None,
        "last_played_on": day,
        "ended_on": day if play.has_ended else None,
    }


def _steps(runs: Sequence[tuple[UUID, Play]]) -> Iterator[dict[str, Any]]:
    for run_id, play in runs:
        for turn, choice in enumerate(play.choices, start=1):
            yield {"attempt_id": run_id, "turn": turn, "choice_id": choice}
