"""Text without case and accents, to find and to sort by."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return text without case and accents, so that `gokce` finds `Gökçe`."""
    if text.isascii():
        return text.strip().casefold()
    decomposed = unicodedata.normalize("NFKD", text.strip())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
