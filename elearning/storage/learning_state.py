"""What a learner does, under a random key that says nothing about who it is.

The only way from a person to this state is `LearningLink`; deleting that row cuts it for good.
No HR, manager or API query may reach these tables (design: trust, asset A1 and A2).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, about

OPEN_RUN = text("ended_on IS NULL AND forked_from IS NULL")


class LearningLink(Base):
    """The one link from a person to their learning state."""

    __tablename__ = "learning_link"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.LEARNING, "whose learning state", Kept.LEARNING),
    )
    learning_key: Mapped[UUID] = mapped_column(
        unique=True, info=about(PersonalData.LEARNING, "random key of the state", Kept.LEARNING)
    )


class Attempt(Base):
    """One run through one version of a scenario; its position is replayed from its steps."""

    __tablename__ = "attempt"
    __table_args__ = (
        ForeignKeyConstraint(
            ["scenario_id", "content_version"],
            ["published_scenario.scenario_id", "published_scenario.version"],
            name="fk_attempt_published_scenario",
        ),
        Index(
            "uq_attempt_open",
            "learning_key",
            "scenario_id",
            unique=True,
            sqlite_where=OPEN_RUN,
            postgresql_where=OPEN_RUN,
        ),
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.LEARNING, "key, in the address", Kept.LEARNING)
    )
    learning_key: Mapped[UUID] = mapped_column(
        index=True, info=about(PersonalData.LEARNING, "whose run", Kept.LEARNING)
    )
    scenario_id: Mapped[str] = mapped_column(
        info=about(PersonalData.LEARNING, "what is played", Kept.LEARNING)
    )
    content_version: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "content hash that this run keeps", Kept.LEARNING)
    )
    seed: Mapped[int] = mapped_column(
        info=about(PersonalData.NONE, "order of the options in this run", Kept.LEARNING)
    )
    forked_from: Mapped[UUID | None] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE"),
        index=True,
        info=about(PersonalData.LEARNING, "the run this practice left from", Kept.LEARNING),
    )
    forked_at_turn: Mapped[int | None] = mapped_column(
        info=about(PersonalData.LEARNING, "the turn it left at", Kept.LEARNING)
    )
    last_played_on: Mapped[date] = mapped_column(
        info=about(PersonalData.LEARNING, "to resume, and to know when it is idle", Kept.LEARNING)
    )
    ended_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.LEARNING, "an ended run takes no more steps", Kept.LEARNING)
    )


class AttemptStep(Base):
    """One choice of a run; append-only, one per turn."""

    __tablename__ = "attempt_step"
    __table_args__ = (CheckConstraint("turn >= 1", name="turn_from_one"),)

    attempt_id: Mapped[UUID] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.LEARNING, "the run", Kept.LEARNING),
    )
    turn: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        info=about(PersonalData.LEARNING, "which turn, from 1", Kept.LEARNING),
    )
    choice_id: Mapped[str] = mapped_column(
        info=about(PersonalData.LEARNING, "what was chosen", Kept.LEARNING)
    )


class ModulePage(Base):
    """Where a learner is in a module: a page that is done, and the last option of its check."""

    __tablename__ = "module_page"

    learning_key: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.LEARNING, "whose progress", Kept.LEARNING)
    )
    module_id: Mapped[str] = mapped_column(
        primary_key=True, info=about(PersonalData.LEARNING, "which module", Kept.LEARNING)
    )
    page_id: Mapped[str] = mapped_column(
        primary_key=True, info=about(PersonalData.LEARNING, "which page", Kept.LEARNING)
    )
    option_id: Mapped[str | None] = mapped_column(
        info=about(PersonalData.LEARNING, "last answer, to show its feedback", Kept.LEARNING)
    )
    done_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.LEARNING, "page read, and its check answered", Kept.LEARNING)
    )


class PublishedScenario(Base):
    """The source of every version that was ever served, so that an open run keeps its own."""

    __tablename__ = "published_scenario"

    scenario_id: Mapped[str] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "which scenario", Kept.WHILE_PUBLISHED)
    )
    version: Mapped[str] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "content hash", Kept.WHILE_PUBLISHED)
    )
    sources: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "the files, as JSON", Kept.WHILE_PUBLISHED)
    )
    published_on: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "first day served", Kept.WHILE_PUBLISHED)
    )
    proof_digest: Mapped[str | None] = mapped_column(
        info=about(
            PersonalData.NONE, "digest of its proof; none: practice only", Kept.WHILE_PUBLISHED
        )
    )
    prover: Mapped[int | None] = mapped_column(
        info=about(PersonalData.NONE, "rules it was proved by", Kept.WHILE_PUBLISHED)
    )
