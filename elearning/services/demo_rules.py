"""The rules of the example institution: two that assign, and one that has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from elearning.storage.rules import AssignmentRule

BASIS, ADVISER = "lecturer-basis", "adviser"
SINCE_DAYS = 1500


@dataclass(frozen=True, slots=True)
class DemoRule:
    """A rule in days before today; `ended` is None while it goes on."""

    code: str
    training_id: str
    predicate: Mapping[str, Any]
    began: int
    ended: int | None


# At first only some departments; then everybody who teaches.
RULES = (
    DemoRule(
        "first-departments",
        BASIS,
        {"all": [{"tag": "lecturer"}, {"any": [{"unit": "FZW"}, {"unit": "INF"}]}]},
        SINCE_DAYS,
        SINCE_DAYS - 365,
    ),
    DemoRule("academic-staff", BASIS, {"category": "academic"}, SINCE_DAYS - 365, None),
    DemoRule("advisers", ADVISER, {"tag": "adviser"}, SINCE_DAYS, None),
)
RULE_OF = {BASIS: "academic-staff", ADVISER: "advisers"}


def add_demo_rules(session: Session, today: date) -> None:
    """Add the rules as they were made on their first day."""
    for rule in RULES:
        since = today - timedelta(days=rule.began)
        session.add(
            AssignmentRule(
                code=rule.code,
                training_id=rule.training_id,
                predicate=dict(rule.predicate),
                from_on=since,
                until_on=None if rule.ended is None else today - timedelta(days=rule.ended),
                due_days=60,
                made_by=None,
                recorded_at=datetime.combine(since, time(7), UTC),
            )
        )
