"""What is said of requests about trainings elsewhere, alike to who asks and to HR."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from elearning.content.library import Library
from elearning.learning.prior import EvidenceKind, Refusal

MEDIA_TYPES = {
    EvidenceKind.PDF: "application/pdf",
    EvidenceKind.PNG: "image/png",
    EvidenceKind.JPEG: "image/jpeg",
}
ENDINGS = {EvidenceKind.PDF: "pdf", EvidenceKind.PNG: "png", EvidenceKind.JPEG: "jpg"}


def refusal_text(reason: Refusal) -> str:
    """Return why something does not count, to stand in a sentence; there are no other reasons."""
    return {
        Refusal.NOT_LISTED: _("this is not a training on the list of this institution"),
        Refusal.NOT_SHOWN: _("the file does not show it, or there is no file"),
        Refusal.TOO_LONG_AGO: _("it was too long ago"),
    }[reason]


def kind_text(kind: EvidenceKind | None) -> str:
    """Return what was added, in words."""
    if kind is None:
        return _("none")
    return {
        EvidenceKind.PDF: _("a PDF file"),
        EvidenceKind.PNG: _("an image (PNG)"),
        EvidenceKind.JPEG: _("an image (JPEG)"),
    }[kind]


def name_of(code: str, library: Library, lang: str) -> str:
    """Return what was done elsewhere; the code where the list no longer has it."""
    names = {each.code: each.name[lang] for each in library.institution.equivalents}
    return names.get(code, code)


def title_of(training_id: str, library: Library, lang: str) -> str:
    """Return the name of a training; the code where it is no longer served."""
    training = library.trainings.get(training_id)
    return training_id if training is None else training.title[lang]


def evidence_file(kind: EvidenceKind, content: bytes) -> Response:
    """Return a file to save, never to show here, under a name that says nothing."""
    name = _("file")
    return Response(
        content,
        content_type=MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ENDINGS[kind]}"'},
    )
