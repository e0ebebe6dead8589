"""`elearning apply-retention`: forget what is past its limit; run it once a day."""

from __future__ import annotations

import os
from dataclasses import asdict
from uuid import UUID

import click
from sqlalchemy import Engine

from elearning.clock import Clock, SystemClock
from elearning.config import Settings, read_settings
from elearning.content.library import Library, load_library
from elearning.content.sources import content_root
from elearning.integrations.export_folder import ExportFolder
from elearning.services.apply_retention import Forgotten, Retention, apply_retention
from elearning.services.export_jobs import kept_files
from elearning.services.learning_limit import LearningLimit
from elearning.storage.engine import build_engine, leave_no_bytes, one_transaction
from elearning.web.factory import ADDRESSES

BYTES_ARE_LEFT = (
    "the rows are deleted, but somebody was reading: their bytes are still in the "
    "write-ahead log; run this again"
)
WORDS = {
    "learners": "learning state of {} people",
    "people": "{} people who left",
    "sessions": "{} sessions",
    "counters": "{} counters",
    "codes": "{} one-time codes",
    "invites": "{} links to choose a password",
    "uploads": "{} uploaded rosters",
    "requests": "{} requests about trainings elsewhere",
    "files": "{} files of lists",
    "rosters": "{} entries about rosters",
    "messages": "{} messages",
    "reports": "{} frozen reports",
    "audit_entries": "{} entries of the audit log",
}


@click.command()
def command() -> None:
    """Forget learning state, people, sessions, counters, codes, uploads and log entries."""
    settings = read_settings(os.environ)
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    engine = build_engine(settings.database_url)
    click.echo(report(forget(settings, library, engine, SystemClock())))
    # Always: a learner may have had something forgotten since yesterday.
    if not leave_no_bytes(engine):
        raise click.ClickException(BYTES_ARE_LEFT)


def forget(settings: Settings, library: Library, engine: Engine, clock: Clock) -> Forgotten:
    """Forget what is past its limit, and delete the files that nobody can fetch any more."""
    limit = LearningLimit(library, settings.learning_days)
    forgotten = apply_retention(
        Retention(lambda: one_transaction(engine), limit, clock, settings.account_months)
    )

    def kept() -> set[UUID]:
        with one_transaction(engine) as session:
            return kept_files(session)

    ExportFolder(settings.exports).keep_only(kept)
    return forgotten


def report(forgotten: Forgotten) -> str:
    """Return what was forgotten, as a line of counts."""
    counts = asdict(forgotten)
    return f"Forgotten: {', '.join(WORDS[name].format(counts[name]) for name in WORDS)}."
