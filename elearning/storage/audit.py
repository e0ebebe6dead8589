"""The audit log: who did what to which key, in a chain of digests that shows every alteration.

An entry says only keys and codes, never a name or a free text. Each digest covers the one before
it, so a changed, moved, added or missing row breaks the chain (docs/decisions/0007-audit-chain.md).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class AuditKind(StrEnum):
    """Everything that is written to the log; a new kind is a line here, and no migration."""

    AWARD_GIVEN = "award_given"
    CERTIFICATE_ISSUED = "certificate_issued"
    AWARD_REPLACED = "award_replaced"
    WITHDRAWAL_REQUESTED = "withdrawal_requested"
    WITHDRAWAL_CONFIRMED = "withdrawal_confirmed"
    WITHDRAWAL_DECLINED = "withdrawal_declined"
    LIST_EXPORTED = "list_exported"
    BADGE_SHARED = "badge_shared"
    BADGE_HIDDEN = "badge_hidden"
    KEY_ROTATED = "key_rotated"
    KEY_COMPROMISED = "key_compromised"
    CODES_PRINTED = "codes_printed"
    REMINDERS_QUEUED = "reminders_queued"
    ACCOUNT_INVITED = "account_invited"
    ACCOUNT_REMOVED = "account_removed"
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105 - a kind of act
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a kind of act
    PERSON_ERASED = "person_erased"
    ENTRIES_EMPTIED = "entries_emptied"
    PEOPLE_READ = "people_read"
    PEOPLE_EXPORTED = "people_exported"
    LATE_READ = "late_read"
    COUNTS_EXPORTED = "counts_exported"
    DETAILS_READ = "details_read"
    PERSON_READ = "person_read"
    ROSTER_APPLIED = "roster_applied"
    ROSTER_UNDONE = "roster_undone"
    RULE_ADDED = "rule_added"
    RULE_CHANGED = "rule_changed"
    RULE_ENDED = "rule_ended"
    LIST_EXTENDED = "list_extended"
    LIST_SHORTENED = "list_shortened"
    UNIT_CHANGED = "unit_changed"
    EXEMPTION_GIVEN = "exemption_given"
    EXEMPTION_ENDED = "exemption_ended"
    PRIOR_READ = "prior_read"
    PRIOR_FILE_OPENED = "prior_file_opened"
    PRIOR_APPROVED = "prior_approved"
    PRIOR_DECLINED = "prior_declined"
    REPORT_FROZEN = "report_frozen"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    ACCESS_READ = "access_read"
    ACCESS_EXPORTED = "access_exported"
    ACCESS_REVIEWED = "access_reviewed"
    CHANGE_REQUESTED = "change_requested"
    CHANGE_CONFIRMED = "change_confirmed"
    CHANGE_DECLINED = "change_declined"
    CHANGE_DONE = "change_done"


class AuditFact(StrEnum):
    """What an entry may say besides who and what; the values are codes (see services/audit_log)."""

    COUNT = "count"
    DAY = "day"
    DIGEST = "digest"
    ENDED = "ended"
    ENTRIES = "entries"
    EXTENDED = "extended"
    FILE = "file"
    KEPT = "kept"
    KEY = "key"
    LEVEL = "level"
    REASON = "reason"
    ROLE = "role"
    RULE = "rule"
    SHORTENED = "shortened"
    TRAINING = "training"
    UNIT = "unit"
    UNTIL = "until"
    VERSION = "version"


class AuditEntry(Base):
    """One act. After its time the row goes; `AuditAnchor` says what the rest is chained to."""

    __tablename__ = "audit_entry"
    # For who asks who looked: one kind after the other, the latest of them.
    __table_args__ = (Index("ix_audit_entry_kind", "kind", "recorded_at"),)

    number: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        info=about(PersonalData.NONE, "1, 2, 3, … without a gap", Kept.AUDIT),
    )
    recorded_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when", Kept.AUDIT)
    )
    kind: Mapped[AuditKind | None] = mapped_column(
        info=about(PersonalData.NONE, "what was done, closed list", Kept.AUDIT)
    )
    actor_id: Mapped[UUID | None] = mapped_column(
        info=about(PersonalData.WORK, "who did it; none is the program itself", Kept.AUDIT)
    )
    subject_id: Mapped[UUID | None] = mapped_column(
        info=about(PersonalData.WORK, "key of what it was done to", Kept.AUDIT)
    )
    facts: Mapped[str | None] = mapped_column(
        info=about(PersonalData.NONE, "codes from closed lists, JSON", Kept.AUDIT)
    )
    salt: Mapped[str | None] = mapped_column(
        info=about(PersonalData.SECURITY, "lets nobody guess what was forgotten", Kept.AUDIT)
    )
    content_digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "SHA-256 of what the entry says", Kept.AUDIT)
    )
    chain_digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "SHA-256 over this and the one before", Kept.AUDIT)
    )


class AuditHead(Base):
    """The one row that says where the chain ends; whoever locks it may append."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        info=about(PersonalData.NONE, "always 1", Kept.NAMES_NOBODY),
    )
    number: Mapped[int] = mapped_column(
        info=about(PersonalData.NONE, "number of the last entry", Kept.NAMES_NOBODY)
    )
    chain_digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "digest of the last entry", Kept.NAMES_NOBODY)
    )


class AuditAnchor(Base):
    """The one row that says where the chain begins, once entries past their time are gone.

    The number and the digest are those of the last entry that went (docs/decisions/0012).
    """

    __tablename__ = "audit_anchor"

    id: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        info=about(PersonalData.NONE, "always 1", Kept.NAMES_NOBODY),
    )
    number: Mapped[int] = mapped_column(
        info=about(PersonalData.NONE, "number of the last entry that went", Kept.NAMES_NOBODY)
    )
    chain_digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "digest of that entry", Kept.NAMES_NOBODY)
    )
