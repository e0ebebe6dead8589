"""Whom a rule is about, as filled in: it becomes a predicate that says the same, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.audience import EVERYBODY, Audience, audience_of
from elearning.learning.predicate import Work, parse_predicate

words = st.sampled_from("abcd")
some = st.lists(words, max_size=3, unique=True).map(tuple)
audiences = st.builds(Audience, some, some, some, st.none() | st.integers(1, 100))
works = st.builds(Work, st.frozensets(words), words, st.frozensets(words), st.integers(0, 100))


@given(audiences)
def test_what_was_filled_in_is_found_again(audience: Audience) -> None:
    assert audience_of(parse_predicate(audience.predicate())) == audience


@given(audiences, works)
def test_one_choice_of_each_kind_has_to_fit(audience: Audience, work: Work) -> None:
    fits = (
        (not audience.categories or work.category in audience.categories)
        and (not audience.tags or bool(work.tags & set(audience.tags)))
        and (not audience.units or bool(work.units & set(audience.units)))
        and (audience.fte_at_least is None or work.fte_percent >= audience.fte_at_least)
    )
    assert parse_predicate(audience.predicate()).matches(work) is fits


def test_nothing_chosen_is_everybody() -> None:
    assert EVERYBODY.is_everyone
    assert EVERYBODY.predicate() == {"all": []}


@pytest.mark.parametrize(
    "other",
    [
        {"not": {"unit": "a"}},
        {"any": []},
        {"any": [{"unit": "a"}, {"tag": "b"}]},
        {"all": [{"unit": "a"}, {"unit": "b"}]},
        {"all": [{"all": []}]},
    ],
)
def test_what_the_questions_cannot_say_is_no_audience(other: object) -> None:
    assert audience_of(parse_predicate(other)) is None
