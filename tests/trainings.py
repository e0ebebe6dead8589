"""A training without content, for tests that look at dates only."""

from __future__ import annotations

from datetime import date

from elearning.learning.training import PassLimits, Training
from elearning.learning.validity import MajorVersion, PolicyVersion, Validity
from tests.builders import TRAINING

USUAL = Validity(months=24, renewal_window_days=60, grace_days=14, due_days=60)


def a_training(
    training_id: str = TRAINING,
    *,
    satisfies: tuple[str, ...] = (),
    policies: tuple[PolicyVersion, ...] = (),
    majors: tuple[MajorVersion, ...] = (),
) -> Training:
    """Return a training with the usual validity: 24 months, a window of 60 days, 14 of grace."""
    first = PolicyVersion(date.min, date.min, USUAL)
    return Training(
        id=training_id,
        version="1",
        title={},
        certificate_title={},
        goals={},
        study_load_minutes=120,
        parts=(),
        plan=None,
        boosters=(),
        limits=PassLimits(0, 0, 0),
        validity=USUAL,
        policies=(first, *policies),
        majors=majors,
        satisfies=satisfies,
        equivalent_months=frozenset(),
    )
