"""Frozen reports for the example institution: of three months ago, of last month and of today."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from elearning.services.freeze_report import Wanted, freeze_report
from elearning.services.seal import Issuing

DAYS_AGO = (91, 28, 0)


def seed_reports(session: Session, *, training_id: str, issuing: Issuing) -> None:
    """Freeze reports of some days, as known now."""
    library, today = issuing.library, issuing.clock.today()
    for days in DAYS_AGO:
        freeze_report(
            session,
            wanted=Wanted(training_id, today - timedelta(days=days)),
            trainings=library.trainings,
            least=library.institution.reports.smallest_group,
            frozen_by=None,
            clock=issuing.clock,
        )
