"""`elearning policy`: apply another validity, or new content, to awards that exist: two people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.errors import ElearningError, NotFound
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import KeyFolder
from elearning.learning.award_change import Effect, Preview
from elearning.services.carry_out_change import carry_out_all
from elearning.services.change_awards import (
    ask_for_change,
    confirm_change,
    decline_change,
    open_changes,
    preview_change,
)
from elearning.services.seal import Issuing
from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.people import Person
from elearning.web.factory import ADDRESSES

REFUSED = 2
EFFECT = click.Choice([each.value for each in Effect])
DAY = click.DateTime(["%Y-%m-%d"])
BY = click.option("--by", "staff_number", required=True, help="Staff number of who does this.")
ON = click.option("--on", "wished", type=DAY, help="Not before this day. Default: the first one.")


@dataclass(frozen=True, slots=True)
class Desk:
    """The database, and what issues certificates."""

    engine: Engine
    issuing: Issuing


@click.group()
def command() -> None:
    """See and decide what another validity, or new content, does to awards that exist.

    Without a decision only new awards follow. Awards are never changed: each gets a new one.
    """


@command.command()
@click.argument("training")
@click.option("--effect", type=EFFECT, required=True)
@ON
def preview(training: str, effect: str, wished: datetime | None) -> None:
    """Count what a change would do, decided today; nothing is written."""
    with _desk() as desk, one_transaction(desk.engine) as session:
        found = preview_change(
            session,
            training=desk.issuing.library.training(training),
            effect=Effect(effect),
            wished=_wished(wished),
            clock=desk.issuing.clock,
        )
        click.echo(counts(found))


@command.command()
@click.argument("training")
@click.option("--effect", type=EFFECT, required=True)
@ON
@BY
def ask(training: str, effect: str, wished: datetime | None, staff_number: str) -> None:
    """Ask for a change; somebody else has to apply it."""
    with _desk() as desk, one_transaction(desk.engine) as session:
        asked = ask_for_change(
            session,
            training=desk.issuing.library.training(training),
            effect=Effect(effect),
            wished=_wished(wished),
            actor_id=_person(session, staff_number),
            clock=desk.issuing.clock,
        )
        click.echo(f"Asked. Somebody else decides: elearning policy apply {asked.id} --by NUMBER")


@command.command("list")
def list_() -> None:
    """List what waits for a decision, with what it would do today."""
    with _desk() as desk, one_transaction(desk.engine) as session:
        issuing = desk.issuing
        for each in open_changes(session, library=issuing.library, clock=issuing.clock):
            what = "nothing to apply" if each.preview is None else counts(each.preview)
            click.echo(f"{each.id} {each.training.id} {each.effect}: {what}")


@command.command()
@click.argument("change", type=click.UUID)
@BY
def apply(change: UUID, staff_number: str) -> None:
    """Decide for a change, and give the awards their new end. Takes a while: each is signed."""
    with _desk() as desk:
        with one_transaction(desk.engine) as session:
            found = confirm_change(
                session,
                change_id=change,
                library=desk.issuing.library,
                actor_id=_person(session, staff_number),
                clock=desk.issuing.clock,
            )
        click.echo(counts(found))
        _carry_out(desk)


@command.command()
@click.argument("change", type=click.UUID)
@BY
def leave(change: UUID, staff_number: str) -> None:
    """Decide against a change; every award stays as it is."""
    with _desk() as desk, one_transaction(desk.engine) as session:
        actor_id = _person(session, staff_number)
        decline_change(session, change_id=change, actor_id=actor_id, clock=desk.issuing.clock)
        click.echo("Left as it is.")


@command.command()
def go_on() -> None:
    """Carry out what was decided and is not done yet: on the web, or by a run that broke off."""
    with _desk() as desk:
        _carry_out(desk)


def counts(found: Preview) -> str:
    """Return what a change does, in counts that name nobody."""
    return (
        f"from {found.change.effective_on}: {found.kept} kept, {found.shortened} shortened, "
        f"{found.extended} extended; {found.ended} over on that day; {found.told} people are told"
    )


def _carry_out(desk: Desk) -> None:
    done = carry_out_all(lambda: one_transaction(desk.engine), issuing=desk.issuing)
    click.echo(f"{done.awards} awards have another end.")
    for change_id, reason in done.stuck:
        click.echo(f"Change {change_id} waits: {reason}.", err=True)
    if done.stuck:
        click.get_current_context().exit(REFUSED)


@contextmanager
def _desk() -> Iterator[Desk]:
    """Give the desk; what cannot be is said in a line."""
    settings = read_settings(os.environ)
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    seal = KeySeal(KeyFolder(settings.keys).active)
    issuing = Issuing(library, settings.secret_key, settings.base_url, seal, SystemClock())
    engine = build_engine(settings.database_url)
    try:
        yield Desk(engine, issuing)
    except ElearningError as error:
        click.echo(str(error), err=True)
        click.get_current_context().exit(REFUSED)
    finally:
        engine.dispose()


def _wished(day: datetime | None) -> date:
    return SystemClock().today() if day is None else day.date()


def _person(session: Session, staff_number: str) -> UUID:
    found = session.scalar(select(Person.id).where(Person.external_id == staff_number))
    if found is None:
        raise NotFound("there is nobody with this staff number")
    return found
