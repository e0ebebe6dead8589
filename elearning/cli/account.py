"""`elearning account`: let somebody on the roster choose a password, and see who has an account."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import click
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.services.invite_account import HeldAccount, held_accounts, invite, remove_account
from elearning.storage.engine import build_engine, one_transaction

REFUSED = 2
# What stands behind "#" is sent to no server, and so is in no log.
LINK = "{base}/inloggen/wachtwoord?lang={lang}#{code}"
COLUMNS = "staff number", "name", "sign-in name", "last used", "link works until"


@click.group()
def command() -> None:
    """Make, list and remove local accounts of people on the roster."""


@command.command("invite")
@click.argument("staff_number")
@click.option("--sign-in-name", help="E-mail address to sign in with. Default: the work address.")
@click.option("--again", is_flag=True, help="Replace a link that waits, or a forgotten password.")
def invite_person(staff_number: str, sign_in_name: str | None, *, again: bool) -> None:
    """Print a link with which STAFF_NUMBER chooses a password; hand it over yourself."""
    settings = read_settings(os.environ)
    with _session() as session:
        made = invite(
            session,
            number=staff_number,
            sign_in_name=sign_in_name,
            again=again,
            clock=SystemClock(),
        )
    until = made.expires_at.astimezone(ZoneInfo(settings.timezone))
    click.echo(LINK.format(base=settings.base_url, lang=made.language, code=made.code))
    click.echo(
        f"For {made.sign_in_name}. Works once, until {until:%Y-%m-%d %H:%M}, and is shown only "
        "here. Hand it over yourself, to this person and nobody else.",
        err=True,
    )


@command.command("list")
def list_accounts() -> None:
    """List who has an account, or a link to one, as a CSV."""
    with _session() as session:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows(_cells(each) for each in held_accounts(session, clock=SystemClock()))


@command.command()
@click.argument("staff_number")
def remove(staff_number: str) -> None:
    """Remove the account of STAFF_NUMBER and sign them out; what they completed stays."""
    with _session() as session:
        remove_account(session, number=staff_number, clock=SystemClock())
    click.echo("The account is removed, and the person is signed out everywhere.")


def _cells(held: HeldAccount) -> tuple[object, ...]:
    until = held.invited_until.date() if held.invited_until else ""
    return held.number, held.name, held.sign_in_name, held.used_on or "", until


@contextmanager
def _session() -> Iterator[Session]:
    """Open a transaction; what cannot be is said, and nothing of it is written."""
    engine = build_engine(read_settings(os.environ).database_url)
    try:
        with one_transaction(engine) as session:
            yield session
    except (Conflict, InvalidInput, NotFound) as error:
        click.echo(str(error), err=True)
        sys.exit(REFUSED)
    finally:
        engine.dispose()
