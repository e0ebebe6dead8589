"""`elearning edubadges`: the holders of a training as edubadges takes them for direct awards."""

from __future__ import annotations

import csv
import os
import re
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.errors import NotFound
from elearning.services.direct_award import direct_awards
from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.people import Person

REFUSED = 2
DOMAIN = re.compile(r"[a-z0-9][a-z0-9.-]*\.[a-z]{2,}")


@click.command()
@click.argument("training")
@click.option("--scope", required=True, help="The institution's domain, such as instelling.nl.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Obtained since.")
@click.option("--by", "staff_number", required=True, help="Staff number of who asks for it.")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path))
@click.pass_context
def command(
    context: click.Context,
    training: str,
    scope: str,
    since: datetime,
    staff_number: str,
    target: Path,
) -> None:
    """Write who holds TRAINING as `eppn;e-mail`, for the badge class of that training.

    Staff take the badge into their own backpack, or do not. The file holds addresses: hand it to
    edubadges and delete it. That it was made is in the audit log.
    """
    if not DOMAIN.fullmatch(scope) or target.exists():
        click.echo("needs a domain, and a file that is not there yet", err=True)
        context.exit(REFUSED)
    engine = build_engine(read_settings(os.environ).database_url)
    try:
        with one_transaction(engine) as session:
            lines, without_email = direct_awards(
                session,
                training_id=training,
                scope=scope,
                obtained_since=since.date(),
                actor_id=_person(session, staff_number),
                clock=SystemClock(),
            )
            with target.open("x", encoding="utf-8", newline="") as file:
                rows = ((each.eppn, each.email) for each in lines)
                csv.writer(file, delimiter=";").writerows(rows)
    except NotFound as error:
        click.echo(str(error), err=True)
        context.exit(REFUSED)
    finally:
        engine.dispose()
    click.echo(f"{target}: {len(lines)} people; {without_email} without an e-mail address left out")


def _person(session: Session, staff_number: str) -> UUID:
    found = session.scalar(select(Person.id).where(Person.external_id == staff_number))
    if found is None:
        raise NotFound("there is nobody with this staff number")
    return found
