"""Text without case and accents, to find and to sort by."""

from __future__ import annotations

import unicodedata

# Letters that no accent can be taken from, as somebody without such a keyboard types them.
PLAIN = str.maketrans(
    {
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{LATIN SMALL LETTER ETH}": "d",
        "\N{LATIN SMALL LETTER THORN}": "th",
        "\N{LATIN SMALL LETTER AE}": "ae",
        "\N{LATIN SMALL LIGATURE OE}": "oe",
    }
)


def folded(text: str) -> str:
    """Return text without case and accents, so that `lukasz gokce` finds `Łukasz Gökçe`."""
    if text.isascii():
        return text.strip().casefold()
    decomposed = unicodedata.normalize("NFKD", text.strip())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return bare.casefold().translate(PLAIN)
