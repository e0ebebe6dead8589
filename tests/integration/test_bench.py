"""What `make bench` measures in a process of its own comes back from it."""

from __future__ import annotations

import pytest

from tests.bench import reminders
from tests.bench.apart import measured_apart


def test_figures_come_back_from_a_process_of_their_own() -> None:
    here = [each.name for each in reminders.figures("sqlite", persons=12, due=3)]
    apart = measured_apart(reminders.figures, "sqlite", persons=12, due=3)
    assert [each.name for each in apart] == here
    assert all(each.value > 0 for each in apart)


def test_what_goes_wrong_there_is_told_here() -> None:
    with pytest.raises(KeyError, match="oracle"):
        measured_apart(reminders.figures, "oracle", persons=12, due=3)
