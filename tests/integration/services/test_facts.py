"""Facts of people and units on both databases: what a change does, and that the past stays told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.errors import Conflict, InvalidInput, NotFound, NoUnitYet
from elearning.learning.rates import Share
from elearning.learning.status import CompletionStatus
from elearning.services.assign_training import (
    RuleDraft,
    add_rule,
    change_rule,
    end_rule,
)
from elearning.services.change_units import add_unit, change_unit
from elearning.services.completion_overview import Overview, overview
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.completion_table import people_rows
from elearning.services.derive_obligations import derive_obligations
from elearning.services.exempt import ExemptionDraft, exempt
from elearning.services.hr_scope import HrScope, hr_scope, whole_institution
from elearning.services.people_filter import PeopleFilter, SortKey
from elearning.services.preview_rule import preview_rule
from elearning.services.preview_unit_change import preview_change
from elearning.services.sign_in import Grant
from elearning.services.unit_change import ChangeKind, UnitChange
from elearning.services.unit_tree import read_tree
from elearning.services.why_assigned import why_assigned
from elearning.services.withdraw_award import confirm_withdrawal
from elearning.storage.completion import ExemptionCode, Obligation
from elearning.storage.facts import FactChanged, known
from elearning.storage.people import Person, Role, Unit
from tests.builders import (
    TRAINING,
    a_person,
    a_place,
    a_unit,
    a_withdrawal,
    an_absence,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.trainings import a_training

DAY = TODAY.date()
ONE = timedelta(days=1)
BEFORE, LATER = DAY - ONE, DAY + timedelta(days=30)
EARLIER = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
ADVISER = "adviser"
TRAININGS = {TRAINING: a_training(), ADVISER: a_training(ADVISER, satisfies=(TRAINING,))}
CENTRAL = Grant(Role.HR_CENTRAL, None)


@pytest.fixture
def root(session: Session) -> Unit:
    return a_unit(session, code="root")


@pytest.fixture
def arts(session: Session, root: Unit) -> Unit:
    return a_unit(session, code="arts", parent=root)


@pytest.fixture
def law(session: Session, root: Unit) -> Unit:
    return a_unit(session, code="law", parent=root)


def ask(
    session: Session, day: date = DAY, *, known_at: datetime | None = None, grant: Grant = CENTRAL
) -> CompletionQuery:
    scope = hr_scope(session, grants=[grant], day=day, known_at=known_at)
    return completion_query(
        TRAININGS, training_id=TRAINING, scope=scope, day=day, known_at=known_at
    )


def look(session: Session, day: date = DAY, *, known_at: datetime | None = None) -> Overview:
    return overview(session, ask(session, day, known_at=known_at))


def per_unit(session: Session, day: date = DAY) -> dict[str, int]:
    return {each.unit.code: each.rates.counted for each in look(session, day).units}


def status_of(
    session: Session, name: str, day: date = DAY, *, known_at: datetime | None = None
) -> CompletionStatus | None:
    rows = people_rows(
        session,
        ask(session, day, known_at=known_at),
        PeopleFilter(None, name, SortKey.NAME, False, "nl"),
    )
    return rows[0].standing.status if rows else None


def a_learner(session: Session, name: str, unit: Unit, *, due_on: date = LATER) -> Person:
    person = a_person(session, name=name)
    an_appointment(session, person=person, unit=unit)
    an_obligation(session, person=person, due_on=due_on)
    return person


def a_rule(**values: object) -> RuleDraft:
    usual: dict[str, object] = {
        "code": "all",
        "training_id": TRAINING,
        "predicate": {"all": []},
        "from_on": DAY,
        "until_on": None,
        "due_days": 60,
    }
    return RuleDraft(**{**usual, **values})  # type: ignore[arg-type]


def merge_unit(session: Session, *, code: str, into: str, day: date, clock: SetClock) -> None:
    change = UnitChange(ChangeKind.MERGE, code, day, into)
    change_unit(session, change, made_by=None, clock=clock)


def move_unit(session: Session, *, code: str, below: str, day: date, clock: SetClock) -> None:
    change = UnitChange(ChangeKind.MOVE, code, day, below)
    change_unit(session, change, made_by=None, clock=clock)


def close_unit(session: Session, *, code: str, day: date, clock: SetClock) -> None:
    change = UnitChange(ChangeKind.CLOSE, code, day)
    change_unit(session, change, made_by=None, clock=clock)


class TestUnits:
    """Merge, move, close: from a day on, and never for the days before."""

    def test_after_a_merge_people_count_in_the_other_unit_and_before_it_in_their_own(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        a_learner(session, "Noor", arts)
        a_learner(session, "Bram", law)
        merge_unit(session, code="arts", into="law", day=DAY, clock=clock)
        assert per_unit(session, BEFORE) == {"arts": 1, "law": 1}
        assert per_unit(session) == {"law": 2}

    @pytest.mark.usefixtures("law")
    def test_what_stood_below_a_merged_unit_stands_below_the_other(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        group = a_unit(session, code="group", parent=arts)
        a_learner(session, "Noor", group)
        merge_unit(session, code="arts", into="law", day=DAY, clock=clock)
        tree = read_tree(session, day=DAY)
        assert [unit.code for unit in tree.line(group.id)] == ["group", "law", "root"]
        assert per_unit(session) == {"law": 1}

    @pytest.mark.usefixtures("law")
    def test_a_moved_unit_takes_everyone_along_from_that_day(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        a_learner(session, "Noor", a_unit(session, code="group", parent=arts))
        move_unit(session, code="group", below="law", day=DAY, clock=clock)
        assert per_unit(session, BEFORE) == {"arts": 1, "law": 0}
        assert per_unit(session) == {"arts": 0, "law": 1}

    @pytest.mark.usefixtures("law")
    def test_who_is_still_appointed_in_a_closed_unit_counts_above_it(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        a_learner(session, "Noor", arts)
        close_unit(session, code="arts", day=DAY, clock=clock)
        assert per_unit(session) == {"law": 0, "root": 1}
        assert look(session).rates.counted == look(session, BEFORE).rates.counted == 1

    @pytest.mark.usefixtures("law")
    def test_a_change_is_unknown_to_an_earlier_moment(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        a_learner(session, "Noor", arts)
        merge_unit(session, code="arts", into="law", day=DAY, clock=clock)
        then = look(session, known_at=EARLIER)
        assert {each.unit.code: each.rates.counted for each in then.units} == {
            "arts": 1,
            "law": 0,
        }

    @pytest.mark.usefixtures("law")
    def test_a_unit_that_is_gone_is_outside_every_scope(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        merge_unit(session, code="arts", into="law", day=DAY, clock=clock)
        of_arts = Grant(Role.HR_UNIT, arts.id)
        assert hr_scope(session, grants=[of_arts], day=BEFORE).units
        with pytest.raises(NotFound):
            hr_scope(session, grants=[of_arts], day=DAY)

    def test_a_mistake_in_the_tree_opens_nothing_once_it_is_put_right(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        a_learner(session, "Noor", a_unit(session, code="group", parent=arts))
        move_unit(session, code="group", below="law", day=date(2000, 1, 1), clock=clock)
        of_arts = Grant(Role.HR_UNIT, arts.id)
        scope = hr_scope(session, grants=[of_arts], day=DAY, known_at=EARLIER)
        assert [unit.code for unit in scope.units.values()] == ["arts"]
        assert law.id

    def test_whoever_sees_the_other_unit_sees_the_merged_people(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        a_learner(session, "Noor", arts)
        merge_unit(session, code="arts", into="law", day=DAY, clock=clock)
        query = ask(session, grant=Grant(Role.HR_UNIT, law.id))
        assert overview(session, query).rates.counted == 1

    def test_a_unit_cannot_be_put_below_itself_and_the_institution_stays(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        a_unit(session, code="group", parent=arts)
        for change in (move_unit, merge_unit):
            with pytest.raises(InvalidInput):
                change(session, **{"code": "arts", _to(change): "group"}, day=DAY, clock=clock)
            with pytest.raises(InvalidInput):
                change(session, **{"code": "root", _to(change): "arts"}, day=DAY, clock=clock)
        with pytest.raises(InvalidInput):
            close_unit(session, code="root", day=DAY, clock=clock)

    def test_another_name_holds_from_its_day_and_goes_along_with_a_move(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        change = UnitChange(ChangeKind.RENAME, arts.code, DAY, names=("Kunst", "Fine art"))
        change_unit(session, change, made_by=None, clock=clock)
        move_unit(session, code="arts", below=law.code, day=LATER, clock=clock)
        names = [_name(session, day) for day in (BEFORE, DAY, LATER)]
        assert names == ["arts en", "Fine art", "Fine art"]
        known_before = read_tree(session, day=DAY, known_at=EARLIER).find("arts")
        assert known_before is not None
        assert known_before.name("nl") == "arts nl"

    def test_a_rule_about_a_unit_follows_the_tree_also_where_it_changes_later(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        for unit in (arts, law):
            an_appointment(session, unit=unit)
        draft = a_rule(predicate={"unit": "law"})
        add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        merge = UnitChange(ChangeKind.MERGE, "arts", LATER, "law")
        found = preview_change(session, merge, clock=clock)
        assert (found.appointments, found.people, found.opened, found.ended) == (1, 1, 1, 0)
        done = change_unit(session, merge, made_by=None, clock=clock)
        assert (done.opened, done.ended) == (1, 0)
        opened = session.scalars(select(Obligation.opened_on).order_by(Obligation.opened_on)).all()
        assert opened == [DAY, LATER]

    def test_a_merge_ends_what_a_rule_asked_of_the_unit_that_is_gone_and_says_so_before(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        an_appointment(session, unit=arts)
        draft = a_rule(predicate={"unit": "arts"})
        add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        merge = UnitChange(ChangeKind.MERGE, "arts", LATER, law.code)
        found = preview_change(session, merge, clock=clock)
        assert ([rule.code for rule in found.rules], found.ended) == (["all"], 1)
        change_unit(session, merge, made_by=None, clock=clock)
        (closed_on,) = session.scalars(select(Obligation.closed_on).where(known(Obligation, None)))
        assert closed_on == LATER

    def test_a_new_unit_is_there_from_its_first_day(
        self, session: Session, clock: SetClock, root: Unit
    ) -> None:
        _added(session, clock, "new", below=root.code)
        assert read_tree(session, day=BEFORE).find("new") is None
        assert read_tree(session, day=DAY).find("new") is not None
        with pytest.raises(Conflict):
            _added(session, clock, "new", below=root.code)

    def test_only_the_first_unit_stands_below_none(self, session: Session, clock: SetClock) -> None:
        with pytest.raises(NoUnitYet):
            whole_institution(session, day=DAY)
        _added(session, clock, "whole", below=None)
        assert [unit.code for unit in whole_institution(session, day=DAY).tops] == ["whole"]
        with pytest.raises(InvalidInput):
            _added(session, clock, "second", below=None)
        with pytest.raises(NotFound):
            _added(session, clock, "second", below="nowhere")


def _added(session: Session, clock: SetClock, code: str, *, below: str | None) -> None:
    names = ("Nieuw", "New")
    add_unit(session, code=code, names=names, below=below, day=DAY, made_by=None, clock=clock)


def _name(session: Session, day: date) -> str:
    unit = read_tree(session, day=day).find("arts")
    assert unit is not None
    return unit.name("en")


def _to(change: object) -> str:
    return "below" if change is move_unit else "into"


class TestRules:
    """A rule assigns; the people it is about follow their appointments."""

    def test_a_preview_says_who_is_in_and_out_and_writes_nothing(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        a_learner(session, "obliged", arts)
        done = a_person(session, name="done")
        an_appointment(session, person=done, unit=arts)
        an_award(session, person=done, training_id=ADVISER)
        an_appointment(session, unit=arts, ends_on=BEFORE)
        an_appointment(session, unit=law)
        before = session.scalars(select(Obligation.id)).all()
        draft = a_rule(predicate={"unit": "arts"})
        found = preview_rule(session, draft=draft, trainings=TRAININGS, clock=clock)
        counts = [found.inside, found.outside, found.new, found.obliged_already]
        assert [len(each) for each in counts] == [2, 1, 1, 1]
        assert found.valid_already == found.new == {done.id}
        assert session.scalars(select(Obligation.id)).all() == before

    def test_a_rule_obliges_who_it_is_about_and_nobody_else(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        inside = an_appointment(session, unit=arts)
        an_appointment(session, unit=law)
        draft = a_rule(predicate={"unit": "arts"})
        add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        (row,) = session.scalars(select(Obligation)).all()
        assert (row.person_id, row.due_on, row.rule_code) == (
            inside.person_id,
            DAY + timedelta(days=60),
            "all",
        )

    def test_only_appointments_that_a_rule_is_about_put_somebody_in_a_unit(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        person = a_person(session)
        an_appointment(session, person=person, unit=arts)
        an_appointment(session, person=person, unit=law, category="support", is_primary=False)
        draft = a_rule(predicate={"category": "academic"})
        add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        assert per_unit(session) == {"arts": 1, "law": 0}

    def test_a_leaver_is_out_from_that_day_and_a_correction_is_told_apart_by_when_it_was_known(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        person = a_person(session, name="Noor")
        row = an_appointment(session, person=person, unit=arts)
        add_rule(session, draft=a_rule(), trainings=TRAININGS, made_by=None, clock=clock)
        known_before = clock.now()
        clock.instant += timedelta(days=10)
        row.retracted_at = clock.now()
        session.flush()
        leaves_on = DAY + timedelta(days=5)
        an_appointment(
            session, person=person, unit=arts, ends_on=leaves_on, recorded_at=clock.now()
        )
        derive_obligations(session, clock=clock)
        assert status_of(session, "Noor", leaves_on - ONE) is CompletionStatus.OPEN
        assert status_of(session, "Noor", leaves_on) is None
        assert status_of(session, "Noor", leaves_on, known_at=known_before) is CompletionStatus.OPEN

    def test_deriving_again_writes_nothing(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        an_appointment(session, unit=arts)
        add_rule(session, draft=a_rule(), trainings=TRAININGS, made_by=None, clock=clock)
        clock.instant += timedelta(days=100)
        again = derive_obligations(session, clock=clock)
        assert (again.opened, again.changed, again.kept) == (0, 0, 1)

    def test_who_was_listed_by_hand_is_left_alone(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        a_learner(session, "Noor", arts)
        add_rule(session, draft=a_rule(), trainings=TRAININGS, made_by=None, clock=clock)
        assert [row.rule_code for row in session.scalars(select(Obligation))] == [None]

    def test_a_rule_that_ends_or_changes_takes_people_out_from_then(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        for unit in (arts, law):
            an_appointment(session, unit=unit)
        add_rule(session, draft=a_rule(), trainings=TRAININGS, made_by=None, clock=clock)
        clock.instant += timedelta(days=1)
        narrower = a_rule(code="narrower", predicate={"unit": "arts"}, from_on=clock.today())
        change_rule(
            session, code="all", draft=narrower, trainings=TRAININGS, made_by=None, clock=clock
        )
        assert per_unit(session, DAY) == {"arts": 1, "law": 1}
        assert per_unit(session, DAY + ONE) == {"arts": 1, "law": 0}
        ends_on = DAY + timedelta(days=9)
        end_rule(session, code="narrower", until_on=ends_on, made_by=None, clock=clock)
        assert look(session, ends_on - ONE).rates.counted == 1
        assert look(session, ends_on).rates.counted == 0

    @pytest.mark.parametrize(
        "wrong", [{"due_days": 13}, {"predicate": {"unit": "nowhere"}}, {"predicate": {"x": 1}}]
    )
    def test_a_rule_that_cannot_be_is_refused(
        self, session: Session, clock: SetClock, arts: Unit, wrong: dict[str, object]
    ) -> None:
        assert arts.id
        with pytest.raises(InvalidInput):
            add_rule(session, draft=a_rule(**wrong), trainings=TRAININGS, made_by=None, clock=clock)
        with pytest.raises(NotFound):
            end_rule(session, code="none", until_on=LATER, made_by=None, clock=clock)

    def test_two_rules_have_different_codes(
        self, session: Session, clock: SetClock, root: Unit
    ) -> None:
        assert root.id
        add_rule(session, draft=a_rule(), trainings=TRAININGS, made_by=None, clock=clock)
        with pytest.raises(Conflict):
            add_rule(session, draft=a_rule(), trainings=TRAININGS, made_by=None, clock=clock)

    def test_somebody_is_told_which_rule_asks_it_of_them(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        person = an_appointment(session, unit=arts).person_id
        draft = a_rule(predicate={"unit": "arts"})
        add_rule(session, draft=draft, trainings=TRAININGS, made_by=None, clock=clock)
        (why,) = why_assigned(session, trainings=TRAININGS, person_id=person, day=DAY)
        assert (why.opened_on, [rule.matches for rule in why.rules] != []) == (DAY, True)
        listed = a_learner(session, "listed", arts)
        (why,) = why_assigned(session, trainings=TRAININGS, person_id=listed.id, day=DAY)
        assert why.rules == ()


class TestExemptions:
    """By a closed code, for at most a year, and only within one's own scope."""

    def grant(self, session: Session, clock: SetClock, person: Person, **values: object) -> None:
        usual: dict[str, object] = {
            "person_number": person.external_id,
            "training_id": TRAINING,
            "code": ExemptionCode.OTHER_EMPLOYER,
            "from_on": DAY,
            "until_on": LATER,
        }
        scope = values.pop("scope", None) or ask(session).scope
        granted_by = a_person(session).id
        draft = ExemptionDraft(**{**usual, **values})  # type: ignore[arg-type]
        assert isinstance(scope, HrScope)
        exempt(session, scope=scope, draft=draft, granted_by=granted_by, clock=clock)

    def test_exempt_then_in_scope(self, session: Session, clock: SetClock, arts: Unit) -> None:
        self.grant(session, clock, a_learner(session, "Noor", arts))
        assert status_of(session, "Noor", BEFORE) is CompletionStatus.OPEN
        assert status_of(session, "Noor") is CompletionStatus.EXEMPT
        assert status_of(session, "Noor", LATER - ONE) is CompletionStatus.EXEMPT
        assert status_of(session, "Noor", LATER) is CompletionStatus.OPEN

    @pytest.mark.parametrize(
        "wrong",
        [
            {"until_on": DAY},
            {"until_on": date(2028, 3, 4)},
            {"from_on": BEFORE, "until_on": DAY},
            {"code": ExemptionCode.ENDS_WITHIN_30_DAYS, "until_on": LATER + ONE},
        ],
    )
    def test_days_that_cannot_be_are_refused(
        self, session: Session, clock: SetClock, arts: Unit, wrong: dict[str, object]
    ) -> None:
        with pytest.raises(InvalidInput):
            self.grant(session, clock, a_learner(session, "Noor", arts), **wrong)

    def test_two_at_once_and_people_elsewhere_are_refused(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        noor = a_learner(session, "Noor", arts)
        of_law = ask(session, grant=Grant(Role.HR_UNIT, law.id)).scope
        with pytest.raises(NotFound):
            self.grant(session, clock, noor, scope=of_law)
        with pytest.raises(NotFound):
            self.grant(session, clock, noor, person_number="unknown")
        self.grant(session, clock, noor)
        with pytest.raises(Conflict):
            self.grant(session, clock, noor, from_on=LATER - ONE, until_on=LATER + ONE)


class TestAsKnown:
    """A report as of a day, as known at a moment, never changes by what is learned later."""

    def test_a_withdrawn_award_in_a_past_k_still_counts_there(
        self, session: Session, arts: Unit
    ) -> None:
        an_award(
            session,
            person=a_learner(session, "Noor", arts),
            withdrawn_on=BEFORE,
            withdrawal_recorded_at=TODAY,
        )
        assert status_of(session, "Noor") is CompletionStatus.OPEN
        assert status_of(session, "Noor", known_at=EARLIER) is CompletionStatus.VALID

    def test_a_withdrawal_that_two_people_made_today_is_unseen_by_a_report_of_before(
        self, session: Session, clock: SetClock, arts: Unit
    ) -> None:
        award = an_award(session, person=a_learner(session, "Noor", arts))
        before = look(session, known_at=EARLIER)
        asked, other = a_withdrawal(session, award=award), a_person(session)
        confirm_withdrawal(session, withdrawal_id=asked.id, actor_id=other.id, clock=clock)
        assert status_of(session, "Noor") is CompletionStatus.OPEN
        assert status_of(session, "Noor", known_at=EARLIER) is CompletionStatus.VALID
        assert look(session, known_at=EARLIER) == before != look(session)

    def test_no_later_fact_of_any_kind_changes_an_earlier_report(
        self, session: Session, clock: SetClock, arts: Unit, law: Unit
    ) -> None:
        noor, bram = (a_learner(session, name, arts) for name in ("Noor", "Bram"))
        an_award(session, person=noor)
        gone = an_appointment(session, person=bram, unit=law, is_primary=False)
        before = look(session, known_at=EARLIER)
        an_award(session, person=bram, recorded_at=TODAY)
        late = an_obligation(session, person=a_person(session), recorded_at=TODAY)
        an_appointment(
            session,
            person=session.get_one(Person, late.person_id),
            unit=arts,
            recorded_at=TODAY,
        )
        an_exemption(session, obligation=late, from_on=BEFORE, until_on=LATER, recorded_at=TODAY)
        away = date(2027, 1, 1)
        an_absence(session, person=noor, from_on=away, until_on=LATER, recorded_at=TODAY)
        gone.retracted_at = TODAY
        session.flush()
        merge_unit(session, code="law", into="arts", day=away, clock=clock)
        add_rule(session, draft=a_rule(), trainings=TRAININGS, made_by=None, clock=clock)
        assert look(session, known_at=EARLIER) == before
        assert look(session) != before

    def test_a_fact_cannot_be_changed_in_place(self, session: Session, arts: Unit) -> None:
        row = an_appointment(session, unit=arts)
        row.ends_on = DAY
        with pytest.raises(FactChanged):
            session.flush()

    def test_a_fact_is_taken_back_once(self, session: Session, arts: Unit) -> None:
        row = a_place(session, unit=arts, parent=None)
        row.retracted_at = TODAY
        session.flush()
        row.retracted_at = TODAY + ONE
        with pytest.raises(FactChanged):
            session.flush()

    def test_what_was_known_is_told_by_both_times(self, session: Session, arts: Unit) -> None:
        row = an_appointment(session, unit=arts)
        row.retracted_at = TODAY
        session.flush()
        table = type(row)

        def ids(moment: datetime | None) -> list[int]:
            return list(session.scalars(select(table.id).where(known(table, moment))))

        assert (ids(EARLIER), ids(TODAY), ids(None)) == ([row.id], [], [])


@pytest.mark.usefixtures("arts")
def test_empty_unit(session: Session, law: Unit) -> None:
    a_learner(session, "Noor", law)
    found = {each.unit.code: each.rates.coverage for each in look(session).units}
    assert (found["arts"], str(found["arts"])) == (Share(0, 0), "–")


def test_double_appointment_in_two_faculties_is_1_in_total_and_2_in_the_sum(
    session: Session, arts: Unit, law: Unit
) -> None:
    person = a_learner(session, "Noor", arts)
    an_appointment(session, person=person, unit=law, is_primary=False)
    found = look(session)
    assert (found.rates.counted, found.counted_twice) == (1, 1)
