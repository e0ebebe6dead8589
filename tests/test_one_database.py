"""Which database a test is spared: always the same one, each for half of the tests."""

from collections import Counter

from tests.one_database import spared

KINDS = ("sqlite", "postgresql")


def test_the_order_in_which_tests_are_found_changes_nothing() -> None:
    for name in map(str, range(50)):
        assert spared(name, KINDS) == spared(name, reversed(KINDS))


def test_each_database_is_spared_half_of_the_tests() -> None:
    found = Counter(spared(f"test_{number}", KINDS) for number in range(1000))
    assert set(found) == set(KINDS)
    assert min(found.values()) > 400
