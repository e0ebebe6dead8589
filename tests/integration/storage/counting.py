"""A program that counts in the database, one transaction a time; started many times at once."""

import sys

from sqlalchemy import select

from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.security import Throttle


def count(url: str, times: int) -> None:
    """Add `times` to the one counter: read it first, so that a late lock would lose updates."""
    engine = build_engine(url)
    sys.stdin.readline()
    for _ in range(times):
        with one_transaction(engine) as session:
            row = session.scalars(select(Throttle).with_for_update()).one()
            row.tries += 1
    engine.dispose()


if __name__ == "__main__":
    count(sys.argv[1], int(sys.argv[2]))
