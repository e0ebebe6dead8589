"""What helps most with what was not reached."""

from elearning.learning.targeted import Trains, most_helpful
from elearning.scenario.ids import CompetencyId


def trains(name: str, *competencies: str) -> Trains:
    return Trains(name, frozenset(CompetencyId(each) for each in competencies))


def missed(*competencies: str) -> set[CompetencyId]:
    return {CompetencyId(each) for each in competencies}


OFFERS = (
    trains("wide", "C1", "C2", "C3", "C4"),
    trains("narrow", "C1", "C2"),
    trains("other", "C5"),
    trains("nothing"),
)


def test_what_covers_most_comes_first_and_then_what_is_left() -> None:
    assert most_helpful(missed("C2", "C3", "C5"), OFFERS, at_most=3) == ("wide", "other")


def test_of_two_that_cover_as_much_the_narrower_one_comes_first() -> None:
    assert most_helpful(missed("C1", "C2"), OFFERS, at_most=3) == ("narrow",)


def test_no_more_are_named_than_was_asked_for() -> None:
    assert most_helpful(missed("C2", "C3", "C5"), OFFERS, at_most=1) == ("wide",)
    assert most_helpful(missed("C2"), OFFERS, at_most=0) == ()


def test_what_nothing_trains_leads_nowhere() -> None:
    assert most_helpful(missed("RC"), OFFERS, at_most=3) == ()
    assert most_helpful(missed(), OFFERS, at_most=3) == ()
    assert most_helpful(missed("C1"), (), at_most=3) == ()
