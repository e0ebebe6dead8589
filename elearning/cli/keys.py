"""`elearning keys`: list the keys that sign certificates, take a new one, mark a leaked one."""

from __future__ import annotations

import os

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.errors import NotFound
from elearning.integrations.signing_keys import KeyFolder
from elearning.learning.issuer_keys import IssuerKey, published
from elearning.services.audit_log import Act, record
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.engine import build_engine, one_transaction

NOT_FOUND = 2


@click.group()
def command() -> None:
    """List, rotate and mark the keys that sign certificates."""


@command.command("list")
def list_() -> None:
    """List every key that ever signed, the newest last."""
    for key in _folder().public_keys():
        click.echo(_line(key))


@command.command()
def rotate() -> None:
    """Sign with a new key from now on; what the former one signed stays valid.

    The private half of the former key is deleted: nobody can sign with it any more.
    """
    key = _folder().rotate(SystemClock().today())
    _log(AuditKind.KEY_ROTATED, key)
    click.echo(f"Signing with {key.id} from now on. Back up the folder.")


@command.command()
@click.argument("key_id")
@click.pass_context
def compromise(context: click.Context, key_id: str) -> None:
    """Mark a key that somebody else may have: what it signed no longer convinces by itself.

    Certificates of before are then checked by their code, which the database answers for.
    """
    try:
        key = _folder().mark_compromised(key_id, SystemClock().today())
    except NotFound as error:
        click.echo(str(error), err=True)
        context.exit(NOT_FOUND)
    _log(AuditKind.KEY_COMPROMISED, key)
    click.echo(f"{key.id} is marked as compromised, and the published list says so.")


@command.command()
def export() -> None:
    """Print the public keys, as they stand under /.well-known/certificate-keys.json."""
    click.echo(published(_folder().public_keys()))


def _folder() -> KeyFolder:
    return KeyFolder(read_settings(os.environ).keys)


def _log(kind: AuditKind, key: IssuerKey) -> None:
    engine = build_engine(read_settings(os.environ).database_url)
    with one_transaction(engine) as session:
        record(session, Act(kind, None, None, {AuditFact.KEY: key.id}), clock=SystemClock())
    engine.dispose()


def _line(key: IssuerKey) -> str:
    days = [f"since {key.created_on}"]
    days += [f"retired {key.retired_on}"] if key.retired_on else []
    days += [f"compromised {key.compromised_on}"] if key.compromised_on else []
    return f"{key.id}  {key.state:12} {', '.join(days)}"
