"""`elearning apply-retention`: forget what is past its limit; run it once a day."""

from __future__ import annotations

import os
from dataclasses import asdict

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.services.apply_retention import Forgotten, Retention, apply_retention
from elearning.services.learning_limit import LearningLimit
from elearning.storage.engine import build_engine, leave_no_bytes, one_transaction
from elearning.web.factory import ADDRESSES

WORDS = {
    "learners": "learning state of {} people",
    "people": "{} people who left",
    "sessions": "{} sessions",
    "counters": "{} counters",
    "codes": "{} one-time codes",
    "uploads": "{} uploaded rosters",
    "rosters": "{} entries about rosters",
    "messages": "{} messages",
    "audit_entries": "{} entries of the audit log",
}


@click.command()
def command() -> None:
    """Forget learning state, people, sessions, counters, codes, uploads and log entries."""
    settings = read_settings(os.environ)
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    engine = build_engine(settings.database_url)
    limit = LearningLimit(library, settings.learning_days)
    forgotten = apply_retention(
        Retention(lambda: one_transaction(engine), limit, SystemClock(), settings.account_months)
    )
    click.echo(report(forgotten))
    # Always: a learner may have had something forgotten since yesterday.
    if not leave_no_bytes(engine):
        raise click.ClickException(
            "the rows are deleted, but somebody was reading: their bytes are still in the "
            "write-ahead log; run this again"
        )


def report(forgotten: Forgotten) -> str:
    """Return what was forgotten, as a line of counts."""
    counts = asdict(forgotten)
    return f"Forgotten: {', '.join(WORDS[name].format(counts[name]) for name in WORDS)}."
