"""A worker that looks codes up, or tries names, until it has to wait; started several at once."""

from __future__ import annotations

import sys

from sqlalchemy.orm import Session

from elearning.errors import TooManyTries
from elearning.services.verify_certificate import check_name, count_look_up
from elearning.storage.engine import build_engine
from tests.databases import frozen_clock

MOST = 500
SECRET = "a key that all workers share, long enough"  # noqa: S105 - of tests only
CODE = "0" * 24


def main(url: str, what: str) -> None:
    """Wait for the word, then try; say how many tries were let through."""
    engine, clock = build_engine(url), frozen_clock()
    sys.stdin.readline()
    done = 0
    try:
        for _ in range(MOST):
            with Session(engine) as session, session.begin():
                if what == "look-ups":
                    count_look_up(session, network="192.0.2.0/24", secret_key=SECRET, clock=clock)
                else:
                    check_name(session, text=CODE, name="Noor", secret_key=SECRET, clock=clock)
            done += 1
    except TooManyTries:
        pass
    engine.dispose()
    sys.stdout.write(str(done))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
