"""Count tries in the database, so that a limit holds over all worker processes."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import TooManyTries
from elearning.storage.security import Throttle
from elearning.storage.statements import delete_rows, insert_if_absent


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` within a window of `window`."""

    purpose: str
    tries: int
    window: timedelta


def bucket(limit: Limit, subject: str, key: str) -> str:
    """Return the name of a counter: a keyed digest, so the table tells nobody's address."""
    return hmac.new(
        key.encode(), f"{limit.purpose}\0{subject}".encode(), hashlib.sha256
    ).hexdigest()


def count_try(session: Session, *, limit: Limit, subject: str, key: str, clock: Clock) -> None:
    """Count one try; raise `TooManyTries` when the limit was reached before it."""
    name, now = bucket(limit, subject, key), clock.now()
    first = {"bucket": name, "tries": 1, "window_ends_at": now + limit.window}
    if insert_if_absent(session, Throttle, first):
        return
    row = session.execute(
        select(Throttle).where(Throttle.bucket == name).with_for_update()
    ).scalar_one()
    if row.window_ends_at <= now:
        row.tries, row.window_ends_at = 1, now + limit.window
    elif row.tries >= limit.tries:
        raise TooManyTries(max(1, int((row.window_ends_at - now).total_seconds())))
    else:
        row.tries += 1
    session.flush()


def forget_tries(session: Session, *, limit: Limit, subject: str, key: str) -> None:
    """Start counting anew, after a success."""
    session.execute(delete(Throttle).where(Throttle.bucket == bucket(limit, subject, key)))


def forget_old_windows(session: Session, *, clock: Clock) -> int:
    """Delete counters whose window has ended; return how many."""
    return delete_rows(session, delete(Throttle).where(Throttle.window_ends_at <= clock.now()))
