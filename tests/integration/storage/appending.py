"""A worker that appends to the audit log, some times in vain; started several at once."""

from __future__ import annotations

import sys
from uuid import uuid4

from sqlalchemy.orm import Session

from elearning.services.audit_log import Act, record
from elearning.storage.audit import AuditKind
from elearning.storage.engine import build_engine
from tests.databases import frozen_clock

EVERY_NTH_ROLLS_BACK = 5


def main(url: str, times: int) -> None:
    """Wait for the word, then append."""
    engine, clock = build_engine(url), frozen_clock()
    sys.stdin.readline()
    for turn in range(times):
        with Session(engine) as session:
            record(session, Act(AuditKind.AWARD_GIVEN, None, uuid4()), clock=clock)
            if turn % EVERY_NTH_ROLLS_BACK:
                session.commit()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
