"""`elearning revoke`: end a role today."""

from __future__ import annotations

import os

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.errors import Conflict, NotFound
from elearning.services.grant_role import end_role
from elearning.services.people_by_number import person_id_of
from elearning.storage.engine import build_engine, one_transaction

REFUSED = 2


@click.command()
@click.argument("grant_id", type=int)
@click.option("--by", "by_number", help="Staff number of who decided this.")
@click.pass_context
def command(context: click.Context, grant_id: int, by_number: str | None) -> None:
    """End the role with the number GRANT_ID, which `elearning grants` shows."""
    engine = build_engine(read_settings(os.environ).database_url)
    try:
        with one_transaction(engine) as session:
            ended_by = None if by_number is None else person_id_of(session, number=by_number)
            end_role(session, grant_id=grant_id, ended_by=ended_by, clock=SystemClock())
            click.echo(f"Role {grant_id} has ended.")
    except (Conflict, NotFound) as error:
        click.echo(str(error), err=True)
        context.exit(REFUSED)
    finally:
        engine.dispose()
