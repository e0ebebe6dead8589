"""A training without content, for tests that look at dates only."""

from __future__ import annotations

from elearning.learning.training import PassLimits, Training, Validity
from tests.builders import TRAINING


def a_training(training_id: str = TRAINING, *, satisfies: tuple[str, ...] = ()) -> Training:
    """Return a training with the usual validity: 24 months, a window of 60 days, 14 of grace."""
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
        validity=Validity(months=24, renewal_window_days=60, grace_days=14, due_days=60),
        satisfies=satisfies,
    )
