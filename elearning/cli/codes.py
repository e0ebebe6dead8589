"""`elearning codes`: print one-time codes for people who do a training with a trainer."""

from __future__ import annotations

import os

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.errors import NotFound
from elearning.services.training_codes import LARGEST_BATCH, print_codes
from elearning.storage.engine import build_engine, one_transaction
from elearning.web.factory import ADDRESSES


@click.command()
@click.option("--training", "training_id", required=True, help="Its id in modules/trainings.yaml.")
@click.option("--number", required=True, type=click.IntRange(1, LARGEST_BATCH))
def command(training_id: str, number: int) -> None:
    """Print a batch of codes without names, one a line; they can never be shown again."""
    settings = read_settings(os.environ)
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    try:
        training = library.training(training_id)
    except NotFound:
        known = ", ".join(library.trainings)
        raise click.BadParameter(f"{training_id} is not one of: {known}") from None
    engine = build_engine(settings.database_url)
    with one_transaction(engine) as session:
        codes, last_day = print_codes(
            session,
            training=training,
            number=number,
            printed_by=None,
            secret_key=settings.secret_key,
            clock=SystemClock(),
        )
    engine.dispose()
    for code in codes:
        click.echo(code)
    where = f"{settings.base_url}/anders"
    click.echo(
        f"{training.title['en']}: each works once, at {where}, through {last_day}.", err=True
    )
