"""`elearning grant`: give somebody a role over a unit and a training, for a while."""

from __future__ import annotations

import os
from datetime import datetime

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.services.grant_role import give_role
from elearning.services.people_by_number import person_id_of
from elearning.services.role_wish import Wish
from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.people import Level, Role
from elearning.web.factory import ADDRESSES

REFUSED = 2
ROLES = [each.value for each in Role if each is not Role.LEARNER]


@click.command()
@click.argument("staff_number")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--unit", "unit_code", help="Code of the unit. Default: the institution.")
@click.option("--training", "training_id", help="Id of the training. Default: every training.")
@click.option("--level", type=click.Choice([each.value for each in Level]), help="Counts or names.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="First day without it. Default: 12 months."
)
@click.option("--by", "by_number", help="Staff number of who decided this.")
@click.pass_context
def command(
    context: click.Context,
    staff_number: str,
    role: str,
    unit_code: str | None,
    training_id: str | None,
    level: str | None,
    until: datetime | None,
    by_number: str | None,
) -> None:
    """Give STAFF_NUMBER a ROLE from today on; `elearning grants` lists them."""
    settings = read_settings(os.environ)
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    wish = Wish(
        person_number=staff_number,
        role=Role(role),
        unit_code=unit_code,
        training_id=training_id,
        level=None if level is None else Level(level),
        until_on=None if until is None else until.date(),
    )
    engine = build_engine(settings.database_url)
    try:
        with one_transaction(engine) as session:
            given_by = None if by_number is None else person_id_of(session, number=by_number)
            grant = give_role(
                session,
                wish=wish,
                trainings=library.trainings,
                given_by=given_by,
                clock=SystemClock(),
            )
            click.echo(f"Role {grant.id} runs through the day before {grant.until_on}.")
    except (Conflict, InvalidInput, NotFound) as error:
        click.echo(str(error), err=True)
        context.exit(REFUSED)
    finally:
        engine.dispose()
