"""What the page about a file says: that it waits, how far it is, where it is, or that it failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.clock import AMSTERDAM, Clock
from elearning.services.export_jobs import KEPT_FOR
from elearning.storage.jobs import ExportJob, JobState
from elearning.web.hr.words import long_day, number
from elearning.web.parts import Link

# A worker that runs takes up what waits within a minute; after that there is none, or it is busy.
TAKEN_UP_WITHIN = timedelta(seconds=90)
SECONDS_BETWEEN_LOOKS = 5


@dataclass(frozen=True, slots=True)
class FilePage:
    """The page; `refresh` is after how many seconds it shows itself again, None for never."""

    heading: str
    text: str
    note: str | None
    refresh: int | None
    quiet: Link | None
    look_again: Link | None
    file: Link | None
    again: str | None
    people: Link


def file_page(job: ExportJob, people_address: str, clock: Clock, *, is_quiet: bool) -> FilePage:
    """Return the page; somebody who wants it quiet looks again by a link."""
    here = url_for("files.show", job_id=job.id)
    is_under_way = job.state in {JobState.WAITING, JobState.RUNNING}
    heading, text = _words(job)
    return FilePage(
        heading=heading,
        text=text,
        note=_note(job, clock),
        refresh=SECONDS_BETWEEN_LOOKS if is_under_way and not is_quiet else None,
        quiet=Link(_("Do not look by itself"), f"{here}?stil=1")
        if is_under_way and not is_quiet
        else None,
        look_again=Link(_("Look again"), f"{here}?stil=1" if is_quiet else here)
        if is_under_way
        else None,
        file=_file(job),
        again=here if job.state is JobState.FAILED else None,
        people=Link(_("Staff"), people_address),
    )


def _words(job: ExportJob) -> tuple[str, str]:
    if job.state is JobState.READY:
        return _("Your file is ready"), _until(job)
    if job.state is JobState.FAILED:
        return _("Your file could not be made"), _(
            "This is on our side. Nothing else has changed. Try again, or use the CSV."
        )
    return _("We are making your file"), _how_far(job)


def _how_far(job: ExportJob) -> str:
    if job.state is JobState.WAITING:
        return _("Your file is in the queue. You can leave this page and come back.")
    if not job.rows_total:
        return _("We are gathering the rows. You can leave this page and come back.")
    return _(
        "%(share)s per cent done: %(done)s of %(total)s rows. "
        "You can leave this page and come back.",
        share=job.rows_done * 100 // job.rows_total,
        done=number(job.rows_done),
        total=number(job.rows_total),
    )


def _note(job: ExportJob, clock: Clock) -> str | None:
    is_late = clock.now() - job.asked_at > TAKEN_UP_WITHIN
    if job.state is not JobState.WAITING or not is_late:
        return None
    return _(
        "It takes longer than usual: the program that makes files is busy, or is not running. "
        "The CSV is there at once."
    )


def _file(job: ExportJob) -> Link | None:
    if job.state is not JobState.READY:
        return None
    rows = job.rows_total or 0
    text = ngettext(
        "Download %(total)s row as %(kind)s",
        "Download %(total)s rows as %(kind)s",
        rows,
        total=number(rows),
        kind="XLSX",
    )
    return Link(text, url_for("files.download", job_id=job.id))


def _until(job: ExportJob) -> str:
    last = (job.asked_at + KEPT_FOR).astimezone(AMSTERDAM).date()
    return _(
        "You can fetch it until %(day)s; only you can. Then it is deleted.", day=long_day(last)
    )
