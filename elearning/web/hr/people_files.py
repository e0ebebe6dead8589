"""A list of people as a file: at once, or, when a workbook is large, by the worker."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect
from flask.typing import ResponseReturnValue

from elearning.services.joiners import list_rows
from elearning.storage.audit import AuditKind
from elearning.web import transaction
from elearning.web.hr.export import people_sheet
from elearning.web.hr.question import Question
from elearning.web.hr.sheet import MOST_XLSX_ROWS, FileKind, as_file
from elearning.web.i18n import language
from elearning.web.reading import note


def people_file(this: Question, kind: FileKind) -> ResponseReturnValue:
    """Return the rows of a list; too many for a workbook leads back to the page that makes one."""
    rows = list_rows(transaction.session(), this.query, this.asked.rows(language()))
    if kind is FileKind.XLSX and len(rows) > MOST_XLSX_ROWS:
        return redirect(this.asked.people_address(), code=HTTPStatus.SEE_OTHER)
    note(this.reading(AuditKind.PEOPLE_EXPORTED, kind))
    return as_file(people_sheet(rows, this.making()), kind, language())
