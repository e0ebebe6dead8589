"""`elearning import-roster`: look a roster over, or apply it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.errors import Conflict, InvalidInput
from elearning.services.import_roster import TooManyEndings, apply_roster, look_over_roster
from elearning.services.roster_plan import RosterPlan
from elearning.services.roster_row import COLUMNS, RowProblem
from elearning.storage.engine import build_engine, one_transaction

MOST_SHOWN = 50


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply/--dry-run", "is_real", default=False, help="Apply it; else only look.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day the roster is of; today.")
@click.option("--accept-endings", type=int, help="How many may end, when the brake says too many.")
def command(
    file: Path,
    is_real: bool,  # noqa: FBT001 - click hands options in by name
    as_of: datetime | None,
    accept_endings: int | None,
) -> None:
    """Compare FILE, a CSV with one row per appointment, with what is known."""
    settings, clock = read_settings(os.environ), SystemClock()
    day: date = clock.today() if as_of is None else as_of.date()
    content = file.read_bytes()
    try:
        with one_transaction(build_engine(settings.database_url)) as session:
            plan = look_over_roster(session, content=content, as_of=day, clock=clock)
            _show(plan)
            if is_real:
                applied = apply_roster(
                    session,
                    plan=plan,
                    content=content,
                    accepted_endings=accept_endings,
                    applied_by=None,
                    clock=clock,
                )
                click.echo(f"Applied as roster {applied.import_id}.")
            else:
                click.echo("Nothing was written. Use --apply to apply it.")
    except TooManyEndings as error:
        raise click.ClickException(
            f"{error}, more than 5%. If that is right: --accept-endings {plan.brake}"
        ) from error
    except (InvalidInput, Conflict) as error:
        raise click.ClickException(str(error)) from error


def _show(plan: RosterPlan) -> None:
    for name, number in plan.counts().items():
        click.echo(f"{name.replace('_', ' '):>10}  {number}")
    _show_rows("Left out:", plan.problems)
    _show_rows("Could be somebody else, left as they are:", plan.ambiguous)

    if plan.unused:
        click.echo("Function words that no rule uses (no mistake; is each spelled right?):")
    for each in plan.unused[:MOST_SHOWN]:
        click.echo(f"  {each.word}: {each.rows} rows, first in row {each.first_row}")


def _show_rows(heading: str, problems: Iterable[RowProblem]) -> None:
    found = list(problems)
    if not found:
        return
    click.echo(heading)
    for each in found[:MOST_SHOWN]:
        column = COLUMNS[each.column][-1]
        click.echo(f"  row {each.row}, {column}: {each.trouble.replace('_', ' ')}")
    if len(found) > MOST_SHOWN:
        click.echo(f"  and {len(found) - MOST_SHOWN} more")
