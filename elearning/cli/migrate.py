"""`elearning migrate`: bring the database to the revision this program needs."""

from __future__ import annotations

import os

import click

from elearning.config import read_settings
from elearning.storage import schema
from elearning.storage.engine import build_engine


@click.command()
def command() -> None:
    """Bring the database to the newest revision; data is kept."""
    settings = read_settings(os.environ)
    engine = build_engine(settings.database_url)
    schema.migrate(engine)
    click.echo(f"The database is at revision {schema.head()}.")
