"""`elearning demo`: add a large invented institution to a demo, to try and to measure with."""

from __future__ import annotations

import os

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.errors import Conflict
from elearning.services.generate_institution import generate_institution
from elearning.storage.engine import build_engine, one_transaction
from elearning.web.factory import ADDRESSES


@click.command()
@click.option("--persons", type=click.IntRange(1, 1_000_000), required=True, help="How many.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same people."
)
def command(persons: int, seed: int) -> None:
    """Add so many invented people, with appointments, absences and awards over eight years."""
    settings = read_settings(os.environ)
    if not settings.is_demo:
        raise click.ClickException("only a demo gets invented people (ELEARNING_MODE=demo)")
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    try:
        with one_transaction(build_engine(settings.database_url)) as session:
            units = generate_institution(
                session,
                persons=persons,
                seed=seed,
                trainings=library.trainings,
                today=SystemClock().today(),
            )
    except Conflict as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{persons} people in {units} departments.")
