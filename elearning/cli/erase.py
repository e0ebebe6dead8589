"""`elearning erase`: delete somebody with everything about them, after a request was granted."""

from __future__ import annotations

import os

import click

from elearning.clock import SystemClock
from elearning.config import Settings, read_settings
from elearning.errors import NotFound
from elearning.integrations.erasure_file import ErasureFile
from elearning.services.erase_person import StillWorksHere, erase_person
from elearning.services.erasure_ledger import Erasing
from elearning.storage.engine import build_engine, leave_no_bytes, one_transaction


@click.command()
@click.argument("person_number")
@click.option(
    "--although-employed",
    is_flag=True,
    help="Erase somebody with an appointment; the next roster brings them back as somebody new.",
)
@click.confirmation_option(prompt="This cannot be undone. Erase this person?")
def command(person_number: str, *, although_employed: bool) -> None:
    """Erase the person with this number in the roster: identity, completion and learning state."""
    settings = read_settings(os.environ)
    engine = build_engine(settings.database_url)
    try:
        with one_transaction(engine) as session:
            erase_person(
                session,
                person_number=person_number,
                may_work_here=although_employed,
                erasing=erasing(settings),
                clock=SystemClock(),
            )
    except StillWorksHere:
        raise click.ClickException(
            "this person has an appointment; with --although-employed they are erased, and the "
            "next roster brings them back as somebody new"
        ) from None
    except NotFound as unknown:
        raise click.ClickException(str(unknown)) from None
    click.echo("Erased.")
    if not leave_no_bytes(engine):
        raise click.ClickException("somebody was reading: run `elearning restore-check` later")


def erasing(settings: Settings) -> Erasing:
    """Return the ledger of this installation."""
    return Erasing(ErasureFile(settings.erased), settings.secret_key)
