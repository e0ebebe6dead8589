"""A frozen report holds what was known when it was frozen, and never changes afterwards."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, SetClock
from elearning.content.library import Library
from elearning.errors import InvalidInput, NotFound
from elearning.learning.board_report import Json
from elearning.services.apply_retention import Retention, apply_retention
from elearning.services.audit_log import audit_breaks
from elearning.services.board_reports import (
    newest_shown,
    shown_report,
    shown_reports,
    viewer_grants,
)
from elearning.services.freeze_report import Wanted, digest_of, freeze_report
from elearning.services.learning_limit import LearningLimit
from elearning.services.sign_in import Grant
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.people import Level, Role, Unit
from elearning.storage.reports import BoardReport, ReportChanged
from elearning.storage.roster import RosterImport
from tests.builders import (
    a_person,
    a_unit,
    an_absence,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.practice_content import BASIS, practice_library

BOARD = [Grant(Role.BOARD, None, None, Level.COUNTS)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return practice_library(tmp_path_factory.mktemp("practice") / "content")


@dataclass
class House:
    """An institution to put people in, and to freeze."""

    session: Session
    library: Library
    clock: SetClock

    def __post_init__(self) -> None:
        """Found it: two faculties, of which one has departments, one of these with a group."""
        top = a_unit(self.session, code="top")
        arts, law = (a_unit(self.session, code=code, parent=top) for code in ("arts", "law"))
        history, music = (
            a_unit(self.session, code=code, parent=arts) for code in ("history", "music")
        )
        group = a_unit(self.session, code="group", parent=history)
        found = (top, arts, law, history, music, group)
        self.units: dict[str, Unit] = {each.code: each for each in found}

    def staff(self, number: int, *codes: str, done: int = 0) -> None:
        """Let people work in these units, in the first of them mainly."""
        for place in range(number):
            person = a_person(self.session)
            for at, code in enumerate(codes):
                an_appointment(
                    self.session, person=person, unit=self.units[code], is_primary=at == 0
                )
            an_obligation(self.session, person=person, training_id=BASIS)
            if place < done:
                an_award(self.session, person=person, training_id=BASIS)

    def freeze(self, day: date | None = None, known_at: datetime | None = None) -> BoardReport:
        return freeze_report(
            self.session,
            wanted=Wanted(BASIS, day or self.clock.today(), known_at),
            trainings=self.library.trainings,
            least=10,
            frozen_by=None,
            clock=self.clock,
        )


@pytest.fixture
def house(session: Session, library: Library, clock: SetClock) -> House:
    return House(session, library, clock)


def units(text: str) -> dict[str, Json]:
    return {
        each["code"] + ("/" if each["is_itself"] else ""): each
        for each in json.loads(text)["units"]
    }


def test_a_frozen_report_does_not_change(house: House, session: Session) -> None:
    house.staff(20, "law", done=15)
    frozen = house.freeze()
    before = frozen.full, frozen.shown
    award = an_award(session, person=a_person(session), training_id=BASIS)
    session.execute(
        update(type(award)).values(
            withdrawn_on=house.clock.today(), withdrawal_recorded_at=house.clock.now()
        )
    )
    house.clock.instant += timedelta(days=1)
    session.expire_all()
    assert (frozen.full, frozen.shown) == before
    assert digest_of(frozen.full) == frozen.full_digest
    live = house.freeze()
    assert units(frozen.full)["law"]["valid"] == 15
    assert units(live.full)["law"]["valid"] == 0
    frozen.shown = live.shown
    with pytest.raises(ReportChanged):
        session.flush()


def test_everybody_counts_in_one_line_and_the_lines_add_up(house: House) -> None:
    house.staff(12, "history", "law")
    house.staff(11, "group", done=11)
    house.staff(13, "music")
    house.staff(14, "arts")
    house.staff(15, "top")
    house.staff(16, "law")
    found = units(house.freeze().full)
    assert {code: each["people"] for code, each in found.items()} == {
        "top": 81,
        "arts": 50,
        "history": 23,
        "music": 13,
        "arts/": 14,
        "law": 16,
        "top/": 15,
    }
    assert found["history"]["valid"] == 11


def test_exempt_and_paused_stand_beside_and_an_empty_unit_is_there(
    house: House, session: Session
) -> None:
    day = house.clock.today()
    exempt, away = a_person(session), a_person(session)
    for person in (exempt, away):
        an_appointment(session, person=person, unit=house.units["law"])
        duty = an_obligation(session, person=person, training_id=BASIS)
        if person is exempt:
            an_exemption(session, obligation=duty, from_on=day, until_on=day + timedelta(days=9))
    an_absence(session, person=away, from_on=day, until_on=day + timedelta(days=30))
    report = json.loads(house.freeze().full)
    assert (report["report"]["exempt"], report["report"]["paused"]) == (1, 1)
    law = next(each for each in report["units"] if each["code"] == "law")
    assert (law["people"], law["exempt"], law["paused"]) == (0, 1, 1)


def test_the_same_question_on_one_day_is_one_report_and_one_entry(
    house: House, session: Session
) -> None:
    house.staff(12, "law")
    assert house.freeze() is house.freeze()
    kinds = session.scalars(select(AuditEntry.kind)).all()
    assert kinds == [AuditKind.REPORT_FROZEN]
    assert not [*audit_breaks(session, clock=house.clock)]


def test_a_day_to_come_is_refused(house: House) -> None:
    with pytest.raises(InvalidInput):
        house.freeze(house.clock.today() + timedelta(days=1))


def test_an_earlier_day_as_known_then_says_so_and_names_the_roster_of_then(
    house: House, session: Session
) -> None:
    house.staff(12, "law")
    for day in (date(2027, 1, 1), date(2027, 2, 20)):
        session.add(
            RosterImport(
                as_of=day,
                applied_at=datetime(day.year, day.month, day.day, 9, tzinfo=AMSTERDAM),
                applied_by=None,
                digest="",
                counts={},
                problems=[],
                undone_at=None,
            )
        )
    known = datetime(2027, 2, 2, tzinfo=AMSTERDAM)
    head = json.loads(house.freeze(date(2027, 2, 1), known).shown)["report"]
    assert head["roster_of"] == "2027-01-01"
    assert (head["day"], head["known_at"]) == ("2027-02-01", "2027-02-02T00:00+01:00")
    assert head["definition"] == 1


class TestWhoSeesWhat:
    """A role opens what is shown of its units, and no more."""

    @pytest.fixture
    def frozen(self, house: House) -> BoardReport:
        for code, number in {"history": 20, "music": 30, "law": 40, "top": 9}.items():
            house.staff(number, code)
        return house.freeze()

    @pytest.mark.parametrize("role", [Role.BOARD, Role.WORKS_COUNCIL])
    def test_board_and_works_council_see_what_is_shown_of_the_institution(
        self, session: Session, frozen: BoardReport, role: Role
    ) -> None:
        [found] = shown_reports(session, grants=[Grant(role, None, None, Level.COUNTS)])
        assert found.is_all
        assert found.content == json.loads(frozen.shown)

    def test_a_manager_sees_their_own_units(
        self, session: Session, house: House, frozen: BoardReport
    ) -> None:
        own = Grant(Role.MANAGER, house.units["arts"].id, None, Level.COUNTS)
        found = shown_report(session, grants=[own], report_id=frozen.id)
        assert [each["code"] for each in found.content["units"]] == [
            "arts",
            "history",
            "music",
            "arts",
        ]

    def test_a_role_for_another_training_or_below_the_grid_opens_nothing(
        self, session: Session, house: House, frozen: BoardReport
    ) -> None:
        for grant in (
            Grant(Role.BOARD, None, "another", Level.COUNTS),
            Grant(Role.MANAGER, house.units["group"].id, None, Level.COUNTS),
            Grant(Role.MANAGER, None, None, Level.COUNTS),
            Grant(Role.HR_CENTRAL, None),
        ):
            assert shown_reports(session, grants=[grant]) == ()
            with pytest.raises(NotFound):
                shown_report(session, grants=[grant], report_id=frozen.id)

    def test_hr_for_counts_only_is_a_viewer(self) -> None:
        grant = Grant(Role.HR_UNIT, 1, None, Level.COUNTS)
        assert viewer_grants([grant]) == (grant,)

    def test_the_newest_is_that_of_the_latest_day(
        self, session: Session, house: House, frozen: BoardReport
    ) -> None:
        house.clock.instant += timedelta(days=3)
        house.freeze(date(2027, 1, 1))
        newest = newest_shown(session, training_id=BASIS)
        assert newest == json.loads(frozen.shown)
        assert newest_shown(session, training_id="another") is None


def test_what_one_report_hid_the_next_hides_too(house: House) -> None:
    for code, number in {"history": 9, "music": 30, "law": 40, "arts": 50}.items():
        house.staff(number, code)
    hidden = {"history", "music"}
    assert {code for code, each in units(house.freeze().shown).items() if not each["people"]} == {
        *hidden,
        "top/",
    }
    house.clock.instant += timedelta(days=1)
    house.staff(30, "history")
    again = units(house.freeze().shown)
    assert {code for code in again if again[code]["people"] is None} == hidden


def test_a_report_goes_after_seven_years(house: House, session: Session, library: Library) -> None:

    house.staff(12, "law")
    house.freeze()
    retention = Retention(lambda: nullcontext(session), LearningLimit(library), house.clock)
    for days, left in ((7 * 365, 1), (7, 0)):
        house.clock.instant += timedelta(days=days)
        apply_retention(retention)
        assert session.scalar(select(func.count()).select_from(BoardReport)) == left
