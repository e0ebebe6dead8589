"""Makes the workbooks that wait, for the worker: what the page shows, all rows, in a file.

Whose right has ended by now gets no file. Memory stays bounded: rows go to the disk as they are
written, and only the people themselves are held.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Flask, g
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, Clock
from elearning.errors import Conflict
from elearning.integrations.export_folder import ExportFolder
from elearning.services.export_jobs import Progress, Taken, take_file
from elearning.services.hr_scope import open_trainings
from elearning.services.joiners import list_rows
from elearning.services.people_filter import Row
from elearning.services.sign_in import holder
from elearning.storage.engine import begin_reading, one_transaction
from elearning.web.extensions import db
from elearning.web.hr.export import Making, people_sheet
from elearning.web.hr.filters import read_asked
from elearning.web.hr.people_list import EVERYONE, LISTS
from elearning.web.hr.question import question_of
from elearning.web.hr.sheet import write_workbook
from elearning.web.state import clock, library, settings

LOGGER = logging.getLogger("elearning.worker")
ROWS_BETWEEN_NOTES = 1_000


class Stopping(Exception):
    """The worker stops: what it has in hand is for another."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What goes into a file."""

    rows: Sequence[Row]
    making: Making


def make_files(app: Flask, is_stopping: Callable[[], bool]) -> None:
    """Make every file that waits, until there is none or the worker stops."""
    while not is_stopping() and _make_one(app, is_stopping):
        pass


def _make_one(app: Flask, is_stopping: Callable[[], bool]) -> bool:
    """Make the file that has waited longest; False where none waits."""
    with app.app_context():
        engine, now = db.engine, clock()
        with one_transaction(engine) as session:
            taken = take_file(session, clock=now)
        if taken is None:
            return False
        g.language = taken.lang
        progress = Progress(lambda: one_transaction(engine), taken, now)
        try:
            _make(taken, progress, is_stopping)
        except Stopping:
            progress.handed_back()
        except Conflict:
            LOGGER.warning("a file was taken over by another worker")
        except Exception:
            LOGGER.exception("a file could not be made")
            progress.failed()
        return True


def _make(taken: Taken, progress: Progress, is_stopping: Callable[[], bool]) -> None:
    found = _read(taken, clock())
    total = len(found.rows)
    progress.written(0, total)

    def row_written(number: int) -> None:
        if number % ROWS_BETWEEN_NOTES == 0:
            if is_stopping():
                raise Stopping
            progress.written(number, total)

    with ExportFolder(settings().exports).writing(taken.id) as (to, scraps):
        options: dict[str, bool | str] = {"constant_memory": True, "tmpdir": str(scraps)}
        write_workbook(people_sheet(found.rows, found.making), to, options, row_written)
    progress.finished(total, [unit.id for unit in found.making.query.scope.tops])


def _read(taken: Taken, now: Clock) -> _Found:
    with Session(db.engine) as session:
        begin_reading(session)
        who = holder(session, person_id=taken.asked_by, clock=now)
        trainings = open_trainings(who.grants, library().trainings)
        args = dict(parse_qsl(taken.question))
        listed = LISTS.get(args.get("lijst", ""), EVERYONE)
        usual = next(iter(trainings))
        asked = read_asked(args, usual_training=usual, today=now.today(), listed=listed)
        this = question_of(session, asked, grants=who.grants, trainings=trainings)
        rows, roster_of = (
            list_rows(session, this.query, asked.rows(taken.lang)),
            this.roster_of(session),
        )
    made_at = now.now().astimezone(AMSTERDAM)
    making = Making(asked, this.query, who.display_name, made_at, taken.lang, roster_of)
    return _Found(rows, making)
