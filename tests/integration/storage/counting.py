"""A program that counts in the database, one transaction a time; started many times at once."""

import sys
from datetime import timedelta

from elearning.services.throttle import Limit, count_try
from elearning.storage.engine import build_engine, one_transaction
from tests.databases import frozen_clock

LIMIT = Limit("counting", tries=1_000_000, window=timedelta(days=1))


def count(url: str, times: int) -> None:
    """Add `times` to one counter: read it, add one, write it, commit."""
    engine = build_engine(url)
    sys.stdin.readline()
    for _ in range(times):
        with one_transaction(engine) as session:
            count_try(session, limit=LIMIT, subject="all", key="k", clock=frozen_clock())
    engine.dispose()


if __name__ == "__main__":
    count(sys.argv[1], int(sys.argv[2]))
