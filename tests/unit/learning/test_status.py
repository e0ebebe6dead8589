"""The golden cases of the design, by name: where a person stands with a training on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elearning.learning.award import AwardDates, valid_until
from elearning.learning.status import (
    CompletionStatus,
    Facts,
    Interval,
    ObligationDates,
    Standing,
    standing_on,
)
from elearning.learning.validity import Validity

VALIDITY = Validity(months=24, renewal_window_days=60, grace_days=14, due_days=60)
OPENED_ON = date(2026, 1, 5)
DUE_ON = date(2026, 3, 6)
ALWAYS = Interval(date(2020, 1, 1), None)
DAY = timedelta(days=1)


def obligation(
    *, due_on: date = DUE_ON, closed_on: date | None = None, exempt: tuple[Interval, ...] = ()
) -> ObligationDates:
    return ObligationDates(Interval(OPENED_ON, closed_on), due_on, exempt)


def award(
    obtained_on: date,
    *,
    until: date | None = None,
    withdrawn_on: date | None = None,
    replaced_on: date | None = None,
) -> AwardDates:
    ends_on = until or valid_until(obtained_on, None, VALIDITY)
    return AwardDates(obtained_on, obtained_on, ends_on, withdrawn_on, replaced_on)


def facts(
    *awards: AwardDates,
    appointments: tuple[Interval, ...] = (ALWAYS,),
    absences: tuple[Interval, ...] = (),
    obligations: tuple[ObligationDates, ...] = (obligation(),),
) -> Facts:
    return Facts(appointments, absences, obligations, awards)


def on(day: date, known: Facts) -> Standing:
    return standing_on(known, day, VALIDITY)


def status(day: date, known: Facts) -> CompletionStatus:
    return on(day, known).status


def test_early_renewal_keeps_the_anchor() -> None:
    first = award(date(2026, 2, 1))
    renewed_on = date(2028, 1, 10)
    assert first.valid_until == date(2028, 2, 1)
    second = award(renewed_on, until=valid_until(renewed_on, first, VALIDITY))
    assert second.valid_until == date(2030, 2, 1)
    assert on(renewed_on - DAY, facts(first, second)).is_expiring
    assert on(renewed_on, facts(first, second)) == Standing(
        CompletionStatus.VALID, False, None, renewed_on, date(2030, 2, 1)
    )
    assert status(date(2030, 1, 31), facts(first, second)) is CompletionStatus.VALID


def test_renewal_before_the_window_counts_from_the_day_itself() -> None:
    first = award(date(2026, 2, 1))
    assert valid_until(date(2027, 11, 1), first, VALIDITY) == date(2029, 11, 1)


def test_renewal_a_day_late_counts_from_the_day_itself_and_grace_stands_between() -> None:
    first = award(date(2026, 2, 1))
    late_on = date(2028, 2, 2)
    second = award(late_on, until=valid_until(late_on, first, VALIDITY))
    assert second.valid_until == date(2030, 2, 2)
    assert status(date(2028, 1, 31), facts(first, second)) is CompletionStatus.VALID
    assert status(date(2028, 2, 1), facts(first, second)) is CompletionStatus.IN_GRACE
    assert status(late_on, facts(first, second)) is CompletionStatus.VALID


def test_29_february_and_24_months_ends_on_28_february() -> None:
    leap = award(date(2028, 2, 29))
    known = facts(leap)
    assert leap.valid_until == date(2030, 2, 28)
    assert status(date(2030, 2, 27), known) is CompletionStatus.VALID
    assert status(date(2030, 2, 28), known) is CompletionStatus.IN_GRACE


def test_a_leaver_counts_until_the_day_before_the_end_and_not_on_it() -> None:
    known = facts(appointments=(Interval(date(2020, 1, 1), date(2026, 2, 1)),))
    assert status(date(2026, 1, 31), known) is CompletionStatus.OPEN
    assert status(date(2026, 2, 1), known) is CompletionStatus.NOT_IN_SCOPE


def test_who_leaves_one_of_two_appointments_still_counts() -> None:
    known = facts(appointments=(Interval(date(2020, 1, 1), date(2026, 2, 1)), ALWAYS))
    assert status(date(2026, 2, 1), known) is CompletionStatus.OPEN


def test_a_rehire_within_validity_is_valid_by_the_old_award() -> None:
    again = date(2027, 6, 1)
    known = facts(
        award(date(2026, 2, 1)),
        appointments=(Interval(date(2020, 1, 1), date(2027, 1, 1)), Interval(again, None)),
        obligations=(
            obligation(closed_on=date(2027, 1, 1)),
            ObligationDates(Interval(again, None), date(2027, 7, 31), ()),
        ),
    )
    assert status(date(2027, 3, 1), known) is CompletionStatus.NOT_IN_SCOPE
    assert status(again, known) is CompletionStatus.VALID


def test_a_rehire_after_validity_has_the_time_of_a_joiner() -> None:
    again = date(2029, 6, 1)
    due_on = date(2029, 7, 31)
    known = facts(
        award(date(2026, 2, 1)),
        obligations=(ObligationDates(Interval(again, None), due_on, ()),),
    )
    assert status(again, known) is CompletionStatus.OPEN
    assert status(due_on + DAY, known) is CompletionStatus.IN_GRACE
    assert status(due_on + 15 * DAY, known) is CompletionStatus.OVERDUE


def test_paused_on_the_due_date_and_thirty_days_from_the_return() -> None:
    back_on = date(2026, 6, 1)
    known = facts(absences=(Interval(date(2026, 2, 1), back_on),))
    assert status(DUE_ON, known) is CompletionStatus.PAUSED
    assert on(DUE_ON, known).due_on is None
    assert on(back_on, known) == Standing(
        CompletionStatus.OPEN, False, date(2026, 7, 1), None, None
    )
    assert status(date(2026, 7, 2), known) is CompletionStatus.IN_GRACE
    assert status(date(2026, 7, 16), known) is CompletionStatus.OVERDUE


def test_a_return_well_before_the_due_date_changes_nothing() -> None:
    known = facts(absences=(Interval(date(2026, 1, 6), date(2026, 2, 3)),))
    assert on(date(2026, 2, 3), known).due_on == DUE_ON


@pytest.mark.parametrize(
    ("days", "expected"), [(27, CompletionStatus.OPEN), (28, CompletionStatus.PAUSED)]
)
def test_only_an_absence_of_28_days_pauses(days: int, expected: CompletionStatus) -> None:
    start = date(2026, 1, 20)
    known = facts(absences=(Interval(start, start + days * DAY),))
    assert status(start, known) is expected


def test_parts_of_an_absence_that_touch_are_one_absence() -> None:
    parts = (
        Interval(date(2026, 2, 15), date(2026, 3, 1)),
        Interval(date(2026, 2, 1), date(2026, 2, 15)),
    )
    assert status(date(2026, 2, 1), facts(absences=parts)) is CompletionStatus.PAUSED


def test_an_absence_without_end_pauses_and_swallows_what_lies_in_it() -> None:
    away = (Interval(date(2026, 2, 1), None), Interval(date(2026, 3, 1), date(2026, 3, 3)))
    assert status(date(2027, 2, 1), facts(absences=away)) is CompletionStatus.PAUSED


def test_paused_comes_before_valid() -> None:
    known = facts(
        award(date(2026, 1, 10)), absences=(Interval(date(2026, 2, 1), date(2026, 4, 1)),)
    )
    assert on(date(2026, 2, 1), known) == Standing(
        CompletionStatus.PAUSED, False, None, date(2026, 1, 10), date(2028, 1, 10)
    )


def test_who_returns_after_validity_ran_out_has_thirty_days_and_grace() -> None:
    known = facts(
        award(date(2026, 2, 1)), absences=(Interval(date(2027, 12, 1), date(2028, 6, 1)),)
    )
    assert on(date(2028, 6, 1), known).due_on == date(2028, 7, 1)
    assert status(date(2028, 7, 15), known) is CompletionStatus.IN_GRACE
    assert status(date(2028, 7, 16), known) is CompletionStatus.LAPSED


def test_exempt_then_in_scope_again() -> None:
    exempt = (Interval(date(2026, 1, 10), date(2026, 3, 6)),)
    known = facts(obligations=(obligation(exempt=exempt),))
    assert status(date(2026, 1, 9), known) is CompletionStatus.OPEN
    assert status(date(2026, 3, 5), known) is CompletionStatus.EXEMPT
    assert status(date(2026, 3, 6), known) is CompletionStatus.OPEN


def test_exempt_comes_before_paused_and_valid() -> None:
    always = Interval(OPENED_ON, date(2027, 1, 1))
    known = facts(
        award(date(2026, 1, 10)),
        absences=(Interval(date(2026, 2, 1), date(2026, 4, 1)),),
        obligations=(obligation(exempt=(always,)),),
    )
    assert status(date(2026, 2, 2), known) is CompletionStatus.EXEMPT


def test_a_joiner_is_open_until_due_then_in_grace_then_overdue() -> None:
    known = facts(appointments=(Interval(OPENED_ON, None),))
    expected = {
        OPENED_ON - DAY: CompletionStatus.NOT_IN_SCOPE,
        OPENED_ON: CompletionStatus.OPEN,
        DUE_ON: CompletionStatus.OPEN,
        DUE_ON + DAY: CompletionStatus.IN_GRACE,
        DUE_ON + 14 * DAY: CompletionStatus.IN_GRACE,
        DUE_ON + 15 * DAY: CompletionStatus.OVERDUE,
    }
    assert {day: status(day, known) for day in expected} == expected


def test_a_joiner_without_an_obligation_yet_is_not_in_scope() -> None:
    assert status(DUE_ON, facts(obligations=())) is CompletionStatus.NOT_IN_SCOPE


def test_an_expired_award_is_in_grace_for_fourteen_days_then_lapsed() -> None:
    known = facts(award(date(2026, 2, 1)))
    assert status(date(2028, 2, 14), known) is CompletionStatus.IN_GRACE
    assert on(date(2028, 2, 15), known) == Standing(
        CompletionStatus.LAPSED, False, date(2028, 1, 31), date(2026, 2, 1), date(2028, 2, 1)
    )


def test_nobody_lapses_before_the_due_day() -> None:
    known = facts(award(date(2024, 1, 10)))
    assert status(date(2026, 1, 9), known) is CompletionStatus.VALID
    assert status(date(2026, 1, 10), known) is CompletionStatus.IN_GRACE
    assert status(DUE_ON + 14 * DAY, known) is CompletionStatus.IN_GRACE
    assert status(DUE_ON + 15 * DAY, known) is CompletionStatus.LAPSED


def test_expiring_begins_sixty_days_before_the_end() -> None:
    known = facts(award(date(2026, 2, 1)))
    assert not on(date(2027, 12, 2), known).is_expiring
    assert on(date(2027, 12, 3), known).is_expiring


def test_a_withdrawn_award_counts_before_that_day_and_never_after() -> None:
    withdrawn_on = date(2026, 2, 20)
    known = facts(award(date(2026, 2, 1), withdrawn_on=withdrawn_on))
    assert status(withdrawn_on - DAY, known) is CompletionStatus.VALID
    assert on(withdrawn_on, known) == Standing(CompletionStatus.OPEN, False, DUE_ON, None, None)
    assert status(date(2026, 6, 1), known) is CompletionStatus.OVERDUE


def test_an_earlier_award_counts_again_when_a_later_one_is_withdrawn() -> None:
    known = facts(award(date(2026, 2, 1)), award(date(2028, 1, 10), withdrawn_on=date(2028, 1, 20)))
    assert on(date(2028, 1, 20), known).obtained_on == date(2026, 2, 1)


def test_a_corrected_award_gives_way_to_the_one_that_supersedes_it() -> None:
    corrected_on = date(2026, 2, 10)
    known = facts(award(date(2026, 2, 1), replaced_on=corrected_on), award(corrected_on))
    assert on(corrected_on, known).obtained_on == corrected_on


def test_an_award_of_a_later_day_is_unknown_to_an_earlier_one() -> None:
    known = facts(award(date(2026, 2, 1)))
    assert on(date(2026, 1, 31), known) == Standing(
        CompletionStatus.OPEN, False, DUE_ON, None, None
    )


def test_an_award_without_end_never_expires() -> None:
    known = facts(AwardDates(date(2026, 2, 1), date(2026, 2, 1), None, None, None))
    assert on(date(2099, 1, 1), known).status is CompletionStatus.VALID
    assert not on(date(2099, 1, 1), known).is_expiring


def test_of_two_rules_the_earliest_due_counts() -> None:
    known = facts(obligations=(obligation(due_on=DUE_ON + 30 * DAY), obligation()))
    assert on(DUE_ON, known).due_on == DUE_ON


def test_a_closed_obligation_takes_the_person_out_of_scope_from_that_day() -> None:
    known = facts(obligations=(obligation(closed_on=date(2026, 2, 1)),))
    assert status(date(2026, 1, 31), known) is CompletionStatus.OPEN
    assert status(date(2026, 2, 1), known) is CompletionStatus.NOT_IN_SCOPE
