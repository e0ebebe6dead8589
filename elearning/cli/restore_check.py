"""`elearning restore-check`: erase again what a restored backup brought back."""

from __future__ import annotations

import os

import click

from elearning.cli.erase import erasing
from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.services.erase_person import Restored, erase_again
from elearning.storage.engine import build_engine, leave_no_bytes, one_transaction


@click.command()
def command() -> None:
    """Erase everybody whom the ledger of erasures knows; `prepare` does so as well."""
    settings = read_settings(os.environ)
    engine = build_engine(settings.database_url)
    with one_transaction(engine) as session:
        found = erase_again(session, erasing=erasing(settings), clock=SystemClock())
    click.echo(report(found))
    if not leave_no_bytes(engine):
        raise click.ClickException("somebody was reading: their bytes are left; run this again")


def report(found: Restored) -> str:
    """Return what had come back, in counts."""
    return f"Erased again: {found.people} people, learning state of {found.learners} people."
