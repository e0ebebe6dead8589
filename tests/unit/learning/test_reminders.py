"""Reminders: four moments, one message a week, working hours, and never what is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.reminders import (
    DAYS_BETWEEN,
    Closure,
    Due,
    Mailed,
    Slot,
    Why,
    again_on,
    decided,
    due_or_why,
    goes_on,
    is_open,
    next_open,
    slot_on,
)
from elearning.learning.status import CompletionStatus, Standing

DUE = date(2027, 3, 31)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOTHING = Mailed(has_address=True, told=frozenset(), again_on=None)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def standing(
    status: CompletionStatus = CompletionStatus.OPEN,
    *,
    due_on: date | None = DUE,
    valid_until: date | None = None,
    is_expiring: bool = False,
) -> Standing:
    return Standing(status, is_expiring, due_on, None, valid_until)


@pytest.mark.parametrize(
    ("offset", "slot"),
    [
        (-31, None),
        (-30, Slot.MONTH_BEFORE),
        (-8, Slot.MONTH_BEFORE),
        (-7, Slot.WEEK_BEFORE),
        (0, Slot.WEEK_BEFORE),
        (1, Slot.DAY_AFTER),
        (13, Slot.DAY_AFTER),
        (14, Slot.FORTNIGHT_AFTER),
        (27, Slot.FORTNIGHT_AFTER),
        (28, None),
    ],
)
def test_a_day_belongs_to_one_moment_around_the_due_day(offset: int, slot: Slot | None) -> None:
    assert slot_on(DUE, DUE + timedelta(days=offset)) is slot


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (CompletionStatus.EXEMPT, Why.EXEMPT),
        (CompletionStatus.PAUSED, Why.PAUSED),
        (CompletionStatus.VALID, Why.DONE),
    ],
)
def test_who_is_exempt_paused_or_done_is_not_reminded(status: CompletionStatus, why: Why) -> None:
    assert due_or_why("basis", standing(status), DUE) is why


def test_before_the_first_moment_and_after_the_last_nobody_is_reminded() -> None:
    assert due_or_why("basis", standing(), DUE - timedelta(days=31)) is Why.NOT_YET
    late = standing(CompletionStatus.OVERDUE)
    assert due_or_why("basis", late, DUE + timedelta(days=28)) is Why.OVER


def test_a_validity_that_ends_is_reminded_of_by_its_last_day() -> None:
    until = DUE + timedelta(days=1)
    expiring = standing(CompletionStatus.VALID, due_on=None, valid_until=until, is_expiring=True)
    assert due_or_why("basis", expiring, DUE) == Due(DUE, "basis", Slot.WEEK_BEFORE, True)
    lapsed = standing(CompletionStatus.IN_GRACE, valid_until=until)
    day = DUE + timedelta(days=2)
    assert due_or_why("basis", lapsed, day) == Due(DUE, "basis", Slot.DAY_AFTER, True)


def test_two_trainings_that_are_due_make_one_message() -> None:
    two = [Due(DUE, each, Slot.WEEK_BEFORE, False) for each in ("basis", "adviser")]
    assert decided(two, NOTHING, DUE) == (two[1], two[0])


def test_who_has_no_address_or_was_told_this_is_left_out_with_the_reason() -> None:
    due = Due(DUE, "basis", Slot.WEEK_BEFORE, False)
    nowhere = Mailed(has_address=False, told=frozenset(), again_on=None)
    told = Mailed(has_address=True, told=frozenset({due.key}), again_on=None)
    assert decided([due], nowhere, DUE) is Why.NO_ADDRESS
    assert decided([due], told, DUE) is Why.TOLD


def test_who_got_a_message_waits_a_week_and_a_wish_to_hear_later_only_moves_the_day() -> None:
    due = Due(DUE, "basis", Slot.WEEK_BEFORE, False)
    sent = again_on(DUE - timedelta(days=6))
    assert decided([due], Mailed(True, frozenset(), sent), DUE) is Why.WAITS
    assert goes_on(DUE, None) == goes_on(DUE, DUE) == DUE
    assert goes_on(DUE, DUE + timedelta(days=3)) == DUE + timedelta(days=3)


@given(
    dues=st.lists(days, min_size=1, max_size=3),
    checks=st.lists(days, max_size=200),
    wishes=st.dictionaries(days, st.just(DAYS_BETWEEN), max_size=4),
)
def test_nobody_is_told_twice_or_more_than_once_a_week(
    dues: list[date], checks: list[date], wishes: dict[date, int]
) -> None:
    sent = list(messages_of(dues, sorted(checks), wishes))
    told = [due.key for _, message in sent for due in message]
    assert len(told) == len(set(told))
    gaps = [later - one for (one, _), (later, _) in pairwise(sent)]
    assert all(gap >= timedelta(days=DAYS_BETWEEN) for gap in gaps)
    for asked_on, length in wishes.items():
        until = asked_on + timedelta(days=length)
        assert not [day for day, _ in sent if asked_on < day < until]


def messages_of(
    dues: list[date], checks: list[date], wishes: dict[date, int]
) -> Iterator[tuple[date, tuple[Due, ...]]]:
    """Yield what somebody gets who is looked at on these days, with a wish on some."""
    told: set[tuple[str, date, Slot]] = set()
    last: date | None = None
    for day in checks:
        mailed = Mailed(True, frozenset(told), again_on(last))
        found = [
            due_or_why(str(number), standing(due_on=each), day) for number, each in enumerate(dues)
        ]
        answer = decided(found, mailed, day)
        assert answer == decided(reversed(found), mailed, day)
        if not isinstance(answer, Why):
            told |= {due.key for due in answer}
            last = sent_on(day, wishes)
            yield last, answer


def sent_on(day: date, wishes: dict[date, int]) -> date:
    """Return when something queued on a day goes; what waits is held by every further wish."""
    for on in sorted(wishes):
        if on < day:
            day = goes_on(day, on + timedelta(days=wishes[on]))
    return day


moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2028, 12, 31),  # noqa: DTZ001 - the same
    timezones=st.just(AMSTERDAM),
)
closed = st.lists(
    st.builds(lambda first, length: Closure(first, first + timedelta(days=length)), days,
              st.integers(1, 20)),
    max_size=5,
)  # fmt: skip


@given(moment=moments, closures=closed)
def test_a_message_never_goes_outside_working_hours(
    moment: datetime, closures: list[Closure]
) -> None:
    opens = next_open(moment, closures)
    assert opens >= moment
    assert is_open(opens, closures)
    assert opens.weekday() < 5
    assert time(9) <= opens.time() < time(17)
    assert not [each for each in closures if each.from_on <= opens.date() < each.until_on]


@given(moment=moments, closures=closed)
def test_what_is_open_now_is_not_put_off(moment: datetime, closures: list[Closure]) -> None:
    assert (next_open(moment, closures) == moment) is is_open(moment, closures)
