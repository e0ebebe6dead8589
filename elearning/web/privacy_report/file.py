"""The privacy report as a file, made without a request of anybody."""

from __future__ import annotations

from enum import StrEnum

from flask import Flask, render_template

from elearning.integrations.report_pdf import render_report
from elearning.web.privacy_report.build import privacy_report
from elearning.web.privacy_report.document import as_report
from elearning.web.state import state


class FileKind(StrEnum):
    """As which kind of file it can be had."""

    HTML = "html"
    PDF = "pdf"


def report_file(app: Flask, lang: str, kind: FileKind) -> tuple[bytes, str]:
    """Return the file, and the digest of what it was made from; raises `NotAnnotated`."""
    with app.test_request_context(f"/?lang={lang}"):
        document = privacy_report(app, state())
        if kind is FileKind.PDF:
            return render_report(as_report(document)), document.digest
        text = render_template("privacy_report/file.html", document=document)
        return text.encode(), document.digest
