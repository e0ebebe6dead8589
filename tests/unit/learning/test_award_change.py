"""Another rule for awards that exist: what it may do to their end, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.award import AwardDates, end_after
from elearning.learning.award_change import (
    NOTICE_DAYS,
    Change,
    Effect,
    Outcome,
    Standing,
    change_on,
    new_end,
    outcome,
    preview,
)
from elearning.learning.prior import has_own_validity
from elearning.learning.status import (
    ENDLESS,
    CompletionStatus,
    Facts,
    Interval,
    ObligationDates,
    standing_on,
)
from elearning.learning.training import Training
from elearning.learning.validity import Asks, MajorVersion, PolicyVersion
from tests.trainings import USUAL, a_training

TODAY = date(2027, 3, 3)
DAY = timedelta(days=1)
LONG_AGO = date(2024, 1, 1)
past_days = st.dates(LONG_AGO, TODAY)
months = st.one_of(st.none(), st.integers(1, 60))
policy_effects = st.sampled_from((Effect.SHORTEN, Effect.EXTEND))
wishes = st.dates(TODAY - 90 * DAY, TODAY + 400 * DAY)


def with_policy(new_months: int | None, *, from_on: date = TODAY) -> Training:
    """Return a training whose awards last so many months from a day on."""
    version = PolicyVersion(from_on, LONG_AGO, replace(USUAL, months=new_months))
    return a_training(policies=(version,))


def with_major(
    asks: Asks = Asks.DELTA, *, from_on: date = TODAY - DAY, within_days: int = 90
) -> Training:
    """Return a training with a second major version."""
    is_quiet = asks is Asks.NONE
    module_id = "nieuw" if asks is Asks.DELTA else None
    news = {"nl": "De wet is nieuw.", "en": "The law is new."}
    days = None if is_quiet else within_days
    return a_training(majors=(MajorVersion(2, from_on, asks, module_id, days, news),))


def held(obtained_on: date, *, is_limited: bool = False, keeps_own: bool = False) -> Standing:
    """Return an award as the first policy gave it."""
    end = end_after(obtained_on, USUAL)
    return Standing(obtained_on, obtained_on, end, is_limited, keeps_own)


def decided(
    training: Training, effect: Effect, *, wished: date = TODAY, today: date = TODAY
) -> Change:
    change = change_on(training, effect, today, wished)
    assert change is not None
    return change


def test_shorter_ends_by_the_new_policy_and_not_before_the_effective_day() -> None:
    change = decided(with_policy(12), Effect.SHORTEN)
    assert change.effective_on == TODAY + 60 * DAY
    assert new_end(held(date(2027, 1, 10)), change) == date(2028, 1, 10)
    assert new_end(held(date(2026, 1, 10)), change) == change.effective_on


def test_longer_counts_from_the_same_anchor_and_for_who_is_valid_on_the_day() -> None:
    change = decided(with_policy(36), Effect.EXTEND)
    assert change.effective_on == TODAY
    assert new_end(held(date(2026, 1, 10)), change) == date(2029, 1, 10)
    assert new_end(held(date(2025, 3, 3)), change) == TODAY


def test_a_renewal_in_time_keeps_its_anchor_under_the_new_policy() -> None:
    renewed = Standing(date(2026, 11, 20), date(2027, 1, 10), date(2029, 1, 10), False, False)
    assert new_end(renewed, decided(with_policy(12), Effect.SHORTEN)) == date(2028, 1, 10)


def test_an_award_without_end_gets_one_and_an_end_can_go() -> None:
    endless = Standing(date(2026, 6, 1), date(2026, 6, 1), None, False, False)
    shorter, longer = with_policy(12), with_policy(None)
    assert new_end(endless, decided(shorter, Effect.SHORTEN)) == date(2027, 6, 1)
    assert new_end(held(date(2026, 6, 1)), decided(longer, Effect.EXTEND)) is None


def test_awards_of_the_new_policy_itself_are_left_alone() -> None:
    change = decided(with_policy(12, from_on=date(2027, 1, 1)), Effect.SHORTEN)
    assert outcome(held(date(2027, 1, 1)), change) is Outcome.KEPT


def test_there_is_nothing_to_apply_without_a_version() -> None:
    assert change_on(a_training(), Effect.SHORTEN, TODAY, TODAY) is None
    assert change_on(a_training(), Effect.LIMIT, TODAY, TODAY) is None
    assert change_on(with_major(Asks.NONE), Effect.LIMIT, TODAY, TODAY) is None
    assert change_on(with_major(from_on=TODAY + DAY), Effect.LIMIT, TODAY, TODAY) is None


def test_new_content_limits_earlier_awards_to_so_many_days_from_the_decision() -> None:
    change = decided(with_major(), Effect.LIMIT)
    assert new_end(held(date(2026, 6, 1)), change) == TODAY + 90 * DAY
    assert new_end(held(date(2025, 4, 1)), change) == date(2027, 4, 1)
    assert new_end(held(TODAY - DAY), change) == end_after(TODAY - DAY, USUAL)


def test_a_longer_validity_does_not_lift_the_limit_of_new_content() -> None:
    limited = held(date(2026, 6, 1), is_limited=True)
    assert outcome(limited, decided(with_policy(36), Effect.EXTEND)) is Outcome.KEPT


@given(past_days, months, policy_effects, wishes)
def test_what_counts_for_a_time_of_its_own_is_not_what_a_policy_is_about(
    obtained_on: date, new_months: int | None, effect: Effect, wished: date
) -> None:
    change = decided(with_policy(new_months), effect, wished=wished)
    assert outcome(held(obtained_on, keeps_own=True), change) is Outcome.KEPT


@given(past_days)
def test_new_content_is_about_what_counts_for_a_time_of_its_own_as_well(obtained_on: date) -> None:
    change = decided(with_major(), Effect.LIMIT)
    own = held(obtained_on, keeps_own=True)
    assert new_end(own, change) == new_end(held(obtained_on), change)


@given(past_days, st.integers(1, 60), st.sets(st.integers(1, 60)))
def test_an_end_tells_whether_an_entry_had_months_of_its_own(
    anchor: date, own: int, others: set[int]
) -> None:
    end = end_after(anchor, replace(USUAL, months=own))
    assert has_own_validity(anchor, end, USUAL, {*others, own})
    as_the_training = end == end_after(anchor, USUAL)
    assert has_own_validity(anchor, end, USUAL, ()) is not as_the_training


def test_a_preview_counts_every_award_once() -> None:
    change = decided(with_policy(12), Effect.SHORTEN)
    days = (date(2025, 4, 1), date(2026, 1, 10), date(2026, 5, 1), date(2026, 8, 1))
    found = preview([held(each) for each in days], change)
    assert (found.kept, found.shortened, found.extended, found.ended) == (1, 3, 0, 2)
    assert found.told == 3


@given(past_days, months, policy_effects, wishes)
def test_an_extension_never_shortens_and_a_shortening_never_extends(
    obtained_on: date, new_months: int | None, effect: Effect, wished: date
) -> None:
    award = held(obtained_on)
    change = decided(with_policy(new_months), effect, wished=wished)
    before, after = award.valid_until or ENDLESS, new_end(award, change) or ENDLESS
    assert after >= before if effect is Effect.EXTEND else after <= before


@given(past_days, months, wishes)
def test_a_shortening_never_ends_before_its_day_and_never_within_sixty_days(
    obtained_on: date, new_months: int | None, wished: date
) -> None:
    award = held(obtained_on)
    change = decided(with_policy(new_months), Effect.SHORTEN, wished=wished)
    assert change.effective_on >= max(wished, TODAY + NOTICE_DAYS * DAY)
    if outcome(award, change) is Outcome.SHORTENED:
        assert (new_end(award, change) or ENDLESS) >= change.effective_on


@given(
    past_days, months, st.sampled_from(tuple(Effect)), wishes, st.dates(LONG_AGO, date(2031, 1, 1))
)
def test_a_change_alters_no_status_before_its_effective_day(
    obtained_on: date, new_months: int | None, effect: Effect, wished: date, day: date
) -> None:
    training = replace(with_policy(new_months), majors=with_major().majors)
    award, change = held(obtained_on), decided(training, effect, wished=wished)
    if (award.valid_until or ENDLESS) <= TODAY:
        return
    old = AwardDates(obtained_on, obtained_on, award.valid_until, None, None)
    by_change = AwardDates(obtained_on, TODAY, new_end(award, change), None, None)
    before = standing_on(about(old), day, USUAL)
    after = standing_on(about(replace(old, replaced_on=TODAY), by_change), day, USUAL)
    if day < TODAY:
        assert after == before
    elif day < change.effective_on:
        assert after.status is before.status
    elif effect is Effect.EXTEND and before.status is CompletionStatus.VALID:
        assert after.status is CompletionStatus.VALID


def about(*awards: AwardDates) -> Facts:
    """Return the facts of somebody who works and must hold the training all along."""
    always = Interval(date(2020, 1, 1), None)
    return Facts((always,), (), (ObligationDates(always, date(2020, 3, 1), ()),), awards)


@given(past_days, past_days, months)
def test_a_status_in_the_past_is_by_the_policy_of_then(
    day: date, from_on: date, new_months: int | None
) -> None:
    training = with_policy(new_months, from_on=from_on)
    assert training.on(day).validity.months == (new_months if day >= from_on else USUAL.months)
    assert training.on(TODAY).on(day) == training.on(day)
    assert training.on(day, LONG_AGO - DAY).validity == USUAL
