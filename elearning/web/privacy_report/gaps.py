"""What the report lacks words or notes for; while anything is missing, there is no report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from flask import Flask
from flask_babel import gettext as _

from elearning.config import variable_names
from elearning.errors import ElearningError
from elearning.services.apply_retention import STAYS, STEPS
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.base import Kept, PersonalData
from elearning.storage.models import Base
from elearning.storage.never import Never, broken_rules
from elearning.storage.outbox import MessageTemplate
from elearning.storage.people import Role
from elearning.web.access import policy_of
from elearning.web.logs import LogField
from elearning.web.privacy_report import logged
from elearning.web.privacy_report.activities import ROUTES, Activity, activity_words
from elearning.web.privacy_report.around import NOT_TOLD, setting_words
from elearning.web.privacy_report.limits import limit_words, stays_words, step_words
from elearning.web.privacy_report.mails import template_words
from elearning.web.privacy_report.never import never_words
from elearning.web.privacy_report.roles import role_words
from elearning.web.privacy_report.tables import SEEN_BY, kind_words, table_words

NOTES = {"pii", "purpose", "kept"}


class NotAnnotated(ElearningError):
    """Something has no note or no words, so no report can be made; `names` says what."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep the names."""
        self.names = tuple(names)
        super().__init__("not annotated: " + ", ".join(self.names))


def refuse_gaps(app: Flask, lang: str) -> None:
    """Raise `NotAnnotated` with everything that is missing."""
    found = [*_columns(lang), *_tables(), *_routes(app), *_words(), *_settings()]
    found += broken_rules(Base.metadata)
    if found:
        raise NotAnnotated(found)


def _columns(lang: str) -> Iterator[str]:
    """Yield each column without notes, and each purpose that is not translated."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            purpose = column.info.get("purpose", "")
            is_told = lang == "en" or _(purpose) != purpose
            if column.info.keys() != NOTES or not purpose or not is_told:
                yield f"column {table.name}.{column.name}"


def _tables() -> Iterator[str]:
    words = table_words()
    for name in Base.metadata.tables:
        if not words.get(name) or not SEEN_BY.get(name):
            yield f"table {name}"


def _routes(app: Flask) -> Iterator[str]:
    """Yield each route that no activity has, has twice, or that differs from the rest of it."""
    listed = Counter(name for names in ROUTES.values() for name in names)
    for name in sorted({*listed, *app.view_functions}):
        if listed[name] != 1 or name not in app.view_functions:
            yield f"route {name}"
    for activity, names in ROUTES.items():
        rules = {policy_of(app, name) for name in names if name in app.view_functions}
        if len(rules) != 1:
            yield f"activity {activity}: its routes have different rules"


def _words() -> Iterator[str]:
    steps = {step.counted: "" for step in STEPS}
    expected: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("activity", Activity, activity_words()),
        ("role", Role, role_words()),
        ("kind of data", PersonalData, kind_words()),
        ("limit", Kept, limit_words()),
        ("limit without a step", STAYS, stays_words()),
        ("step of the retention", steps, step_words()),
        ("message", MessageTemplate, template_words()),
        ("log field", LogField, logged.field_words()),
        ("audit kind", AuditKind, logged.kind_words()),
        ("audit fact", AuditFact, logged.fact_words()),
        ("rule", Never, never_words()),
    )
    for what, names, told in expected:
        yield from (f"{what} {name}" for name in sorted({*names} ^ {*told}))


def _settings() -> Iterator[str]:
    prefix = len("ELEARNING_")
    known = {name[prefix:].lower() for name in variable_names()}
    yield from (f"setting {name}" for name in sorted(known ^ {*setting_words(), *NOT_TOLD}))
