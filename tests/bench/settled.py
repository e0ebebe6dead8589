"""Measure as in life: in a worker of the server, which sets aside what it loaded, after a night."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from elearning.storage.engine import leave_no_bytes


@contextmanager
def settled() -> Iterator[None]:
    """Set aside everything that exists, as elearning/web/wsgi.py does once it has loaded."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def wait_a_night(engine: Engine) -> None:
    """Leave the database as the next morning: retention ends every night with a VACUUM.

    What was written in one go stands in SQLite's log otherwise, where reading takes a third longer.
    And whoever made the tables is gone: that connection would keep memory that the others have.
    """
    if engine.dialect.name == "sqlite":
        if not leave_no_bytes(engine):
            raise RuntimeError("somebody reads what is to be measured")
        engine.dispose()
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
