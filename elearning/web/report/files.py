"""A frozen report as a file: all kinds hold the same figures, and JSON is what was stored."""

from __future__ import annotations

from flask import Response

from elearning.learning.board_report import Json
from elearning.services.freeze_report import canonical
from elearning.web.hr.sheet import MEDIA_TYPES, FileKind, as_file
from elearning.web.report.page import report_sheet


def report_file(report: Json, digest: str, kind: FileKind, lang: str) -> Response:
    """Return a report as a file; its digest can be checked on the JSON, byte by byte."""
    sheet = report_sheet(report, digest, lang)
    if kind is not FileKind.JSON:
        return as_file(sheet, kind, lang)
    return Response(
        canonical(report),
        content_type=MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{sheet.name}.{kind}"'},
    )
