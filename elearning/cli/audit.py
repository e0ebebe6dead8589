"""`elearning audit`: check that the audit log is what was written, and export where it ends."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.learning.audit_chain import Break
from elearning.services.audit_log import (
    audit_anchor,
    audit_breaks,
    audit_head,
    digest_at,
    kept_since,
)
from elearning.storage.engine import begin_reading, build_engine

ALTERED = 1


@click.group()
def command() -> None:
    """Check the audit log, and export its head."""


@command.command()
@click.option(
    "--head",
    "exported",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A head that was exported before and kept elsewhere; may be given several times.",
)
@click.pass_context
def verify(context: click.Context, exported: tuple[Path, ...]) -> None:
    """Name every row that was altered; exits with 1 when there is one.

    Who can write to the database can also make a whole new chain. Only a head that was kept
    elsewhere shows that, so give one.
    """
    with _reading() as session:
        found = [f"entry {each.number}: {each.what}" for each in _breaks(session)]
        found += [each for path in exported for each in _against(session, path)]
        count, gone = audit_head(session).number, audit_anchor(session).number
    for line in found:
        click.echo(line)
    past = f" (the first {gone} went after their time)" if gone else ""
    click.echo(f"{count} entries{past}, {len(found)} findings.")
    context.exit(ALTERED if found else 0)


@command.command()
def head() -> None:
    """Print where the log ends, as JSON; keep one a day where nobody can write to both."""
    with _reading() as session:
        found = audit_head(session)
    line = {
        "number": found.number,
        "digest": found.chain_digest,
        "at": SystemClock().now().isoformat(timespec="seconds"),
    }
    click.echo(json.dumps(line))


@contextmanager
def _reading() -> Iterator[Session]:
    engine = build_engine(read_settings(os.environ).database_url)
    with Session(engine) as session:
        begin_reading(session)
        yield session
    engine.dispose()


def _breaks(session: Session) -> list[Break]:
    return list(audit_breaks(session, clock=SystemClock()))


def _against(session: Session, path: Path) -> list[str]:
    """Compare with an exported head; the file may hold one a line, as a daily job appends them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = [json.loads(line) for line in lines if line.strip()]
    return [
        f"entry {each['number']}: not what it was when {path.name} was exported ({each['at']})"
        for each in heads
        if not _has_gone(session, each) and digest_at(session, each["number"]) != each["digest"]
    ]


def _has_gone(session: Session, exported: dict[str, Any]) -> bool:
    """Say whether a head is of an entry that went after its time, and so cannot be compared.

    A head that was exported later than that proves that the anchor was moved too far.
    """
    is_old = datetime.fromisoformat(exported["at"]) < kept_since(SystemClock())
    return is_old and exported["number"] < audit_anchor(session).number
