"""Read the files inside a PDF, such as a certificate's own; anybody's PDF can be handed in."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

LARGEST = 20_000_000


def attachments(pdf: bytes) -> dict[str, str]:
    """Return the text of every attached file by its name; nothing for what is no PDF."""
    if len(pdf) > LARGEST or not pdf.startswith(b"%PDF-"):
        return {}
    try:
        found = PdfReader(io.BytesIO(pdf)).attachments
        return {name: parts[0].decode() for name, parts in found.items() if parts}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
