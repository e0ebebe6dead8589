"""`elearning units`: the tree of units, and a change of it from a day on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.services.change_units import add_unit, change_unit
from elearning.services.hr_scope import whole_institution
from elearning.services.preview_unit_change import preview_change
from elearning.services.unit_change import ChangeKind, UnitChange
from elearning.storage.engine import build_engine, one_transaction

DAY = click.DateTime(["%Y-%m-%d"])
from_day = click.option("--from", "day", type=DAY, required=True, help="First day it holds.")
really = click.option("--apply/--dry-run", "is_real", default=False, help="Do it; else only look.")


@click.group()
def command() -> None:
    """Show or change which units there are and where they stand."""


@command.command("list")
@click.option("--as-of", "day", type=DAY, help="Day of the tree; today.")
def list_units(day: datetime | None) -> None:
    """Print the units of a day, what lies below one right after it."""
    with _session() as session:
        as_of = SystemClock().today() if day is None else day.date()
        for unit, depth in whole_institution(session, day=as_of).written_down():
            click.echo(f"{'  ' * depth}{unit.code}  {unit.name_nl} / {unit.name_en}")


@command.command()
@click.argument("code")
@click.argument("dutch")
@click.argument("english")
@click.option("--below", help="Code of the unit above; none for the first, the institution.")
@from_day
@really
def add(
    code: str, dutch: str, english: str, below: str | None, day: datetime, *, is_real: bool
) -> None:
    """Add unit CODE with the names DUTCH and ENGLISH."""
    with _session() as session:
        if is_real:
            add_unit(
                session,
                code=code,
                names=(dutch, english),
                below=below,
                day=day.date(),
                made_by=None,
                clock=SystemClock(),
            )
        click.echo("Added." if is_real else "Nothing was written. Use --apply to do it.")


@command.command()
@click.argument("code")
@click.argument("below")
@from_day
@really
def move(code: str, below: str, day: datetime, *, is_real: bool) -> None:
    """Let unit CODE, with everything below it, stand below unit BELOW."""
    _change(UnitChange(ChangeKind.MOVE, code, day.date(), below), is_real=is_real)


@command.command()
@click.argument("code")
@click.argument("into")
@from_day
@really
def merge(code: str, into: str, day: datetime, *, is_real: bool) -> None:
    """Let unit CODE go up into unit INTO."""
    _change(UnitChange(ChangeKind.MERGE, code, day.date(), into), is_real=is_real)


@command.command()
@click.argument("code")
@from_day
@really
def close(code: str, day: datetime, *, is_real: bool) -> None:
    """Let unit CODE end; whoever is still appointed there counts in the unit above."""
    _change(UnitChange(ChangeKind.CLOSE, code, day.date()), is_real=is_real)


@command.command()
@click.argument("code")
@click.argument("dutch")
@click.argument("english")
@from_day
@really
def rename(code: str, dutch: str, english: str, day: datetime, *, is_real: bool) -> None:
    """Give unit CODE the names DUTCH and ENGLISH."""
    change = UnitChange(ChangeKind.RENAME, code, day.date(), names=(dutch, english))
    _change(change, is_real=is_real)


def _change(change: UnitChange, *, is_real: bool) -> None:
    with _session() as session:
        found = preview_change(session, change, clock=SystemClock())
        click.echo(f"appointments concerned  {found.appointments}, of {found.people} people")
        click.echo(f"rules that name it      {len(found.rules)}")
        click.echo(f"obligations             {found.opened} begin, {found.ended} end")
        if is_real:
            change_unit(session, change, made_by=None, clock=SystemClock())
            click.echo("Changed. Figures about the days before stay as they were.")
        else:
            click.echo("Nothing was written. Use --apply to do it.")


@contextmanager
def _session() -> Iterator[Session]:
    engine = build_engine(read_settings(os.environ).database_url)
    try:
        with one_transaction(engine) as session:
            yield session
    except (Conflict, InvalidInput, NotFound) as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()
