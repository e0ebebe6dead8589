"""Everything that is kept about one person, for that person, table by table.

A test asks of every table that leads to a person whether it is here, or why it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from elearning.services.issue_certificate import CODE_MARK, code_of
from elearning.storage.models import Base

Plain = str | int | bool | None
Row = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Owner:
    """How the rows of a table are somebody's: by a column, which is a key of another table."""

    column: str
    parent: str
    key: str = "id"


# In an order in which every parent comes before what refers to it.
OWNERS: Mapping[str, Owner] = {
    "person": Owner("id", "person"),
    "account": Owner("person_id", "person"),
    "account_invite": Owner("person_id", "person"),
    "role_grant": Owner("person_id", "person"),
    "appointment": Owner("person_id", "person"),
    "roster_missing": Owner("appointment_id", "appointment"),
    "absence": Owner("person_id", "person"),
    "obligation": Owner("person_id", "person"),
    "exemption": Owner("person_id", "person"),
    "award": Owner("person_id", "person"),
    "certificate": Owner("award_id", "award"),
    "signed_certificate": Owner("award_id", "award"),
    "badge_status": Owner("award_id", "award"),
    "withdrawal": Owner("award_id", "award"),
    "changed_award": Owner("award_id", "award"),
    "prior_learning": Owner("person_id", "person"),
    "prior_answer": Owner("person_id", "person"),
    "learning_link": Owner("person_id", "person"),
    "module_page": Owner("learning_key", "learning_link", "learning_key"),
    "attempt": Owner("learning_key", "learning_link", "learning_key"),
    "attempt_step": Owner("attempt_id", "attempt"),
    "signed_in_session": Owner("person_id", "person"),
    "outbox_message": Owner("person_id", "person"),
    "outbox_slot": Owner("person_id", "person"),
    "quiet_until": Owner("person_id", "person"),
    "audit_entry": Owner("subject_id", "award"),
}
NOT_GIVEN: Mapping[str, str] = {
    "board_report": "who froze a report: an act of office; the figures name nobody",
    "assignment_rule": "who made a rule: an act of office; it stands in the audit log",
    "award_change": "who asked and decided: an act of office; it stands in the audit log",
    "roster_import": "who applied a roster: an act of office; it names nobody else",
    "export_job": "a list of many people that somebody had made in office, for 7 days",
    "roster_upload": "a whole roster, of many people, for at most a day",
}
OF_COLLEAGUES = "the key of a colleague"
SCRAMBLED = "scrambled, to keep others out; it tells nothing"
LEFT_OUT: Mapping[str, str] = {
    "account.password_hash": SCRAMBLED,
    "account_invite.code_digest": SCRAMBLED,
    "signed_in_session.token_digest": SCRAMBLED,
    "certificate.code_digest": "the code itself is in the signed statement",
    "certificate.name_digest": "the name itself is beside it",
    "exemption.granted_by": OF_COLLEAGUES,
    "withdrawal.requested_by": OF_COLLEAGUES,
    "withdrawal.decided_by": OF_COLLEAGUES,
    "prior_learning.evidence": "the file itself can be fetched where it was added",
    "audit_entry.actor_id": OF_COLLEAGUES,
    "audit_entry.subject_id": "a key that may be a colleague's, where one acted in office",
    "audit_entry.salt": "keeps what was emptied from being guessed",
    "audit_entry.content_digest": "says nothing by itself",
    "audit_entry.chain_digest": "says nothing by itself",
}


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept about one person: plain values, by table and column."""

    made_at: datetime
    tables: Mapping[str, tuple[Row, ...]]


def own_data(session: Session, *, person_id: UUID, secret_key: str, now: datetime) -> OwnData:
    """Read everything about a person; the code stands in what was signed, as on paper."""
    found: dict[str, list[Mapping[str, object]]] = {"person": [{"id": person_id}]}
    for name, owner in OWNERS.items():
        keys = [row[owner.key] for row in found[owner.parent]]
        table = Base.metadata.tables[name]
        found[name] = _rows(session, table, _is_own(table, owner, keys, person_id))
    return OwnData(
        now, {name: tuple(_told(name, row, secret_key) for row in found[name]) for name in OWNERS}
    )


def purposes() -> dict[str, dict[str, str]]:
    """Return what each column is for, as it stands with the column."""
    return {
        name: {
            column.name: str(column.info["purpose"])
            for column in Base.metadata.tables[name].columns
            if f"{name}.{column.name}" not in LEFT_OUT
        }
        for name in OWNERS
    }


def _is_own(
    table: Table, owner: Owner, keys: Iterable[object], person_id: UUID
) -> ColumnElement[bool]:
    own = table.c[owner.column].in_([*keys])
    if table.name == "audit_entry":
        return or_(own, table.c.subject_id == person_id, table.c.actor_id == person_id)
    return own


def _rows(
    session: Session, table: Table, is_own: ColumnElement[bool]
) -> list[Mapping[str, object]]:
    statement = select(table).where(is_own).order_by(*table.primary_key.columns)
    return [dict(row._mapping) for row in session.execute(statement)]  # noqa: SLF001 - documented


def _told(name: str, row: Mapping[str, object], secret_key: str) -> Row:
    told = {
        column: _plain(value) for column, value in row.items() if f"{name}.{column}" not in LEFT_OUT
    }
    award_id = row.get("award_id")
    if name == "signed_certificate" and isinstance(award_id, UUID):
        code = str(code_of(award_id, secret_key))
        for column in ("statement", "badge"):
            told[column] = str(told[column]).replace(CODE_MARK, code)
    return told


def _plain(value: object) -> Plain:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
