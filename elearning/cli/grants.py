"""`elearning grants`: who has which role over what until when, as a CSV."""

from __future__ import annotations

import csv
import os
import sys

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.services.review_access import HeldRole, held_roles
from elearning.storage.engine import build_engine, one_transaction

COLUMNS = (
    "grant", "staff number", "name", "role", "unit", "training", "level", "from", "until",
    "given by", "last act",
)  # fmt: skip


@click.command()
def command() -> None:
    """List the roles that run, by name."""
    engine = build_engine(read_settings(os.environ).database_url)
    with one_transaction(engine) as session:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows(map(_cells, held_roles(session, clock=SystemClock())))
    engine.dispose()


def _cells(held: HeldRole) -> tuple[object, ...]:
    return (
        held.id,
        held.number,
        held.name,
        held.role,
        held.unit.code if held.unit else "",
        held.training_id or "",
        held.level,
        held.from_on,
        held.until_on or "",
        held.given_by or "",
        held.last_act_at.date() if held.last_act_at else "",
    )
