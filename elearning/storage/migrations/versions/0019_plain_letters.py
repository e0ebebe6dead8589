"""Names to find and sort by lose the letters that no accent can be taken from, as in Łukasz."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

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


def upgrade() -> None:
    """Apply the revision."""
    _fold(PLAIN)


def downgrade() -> None:
    """Take the revision back."""
    _fold({})


def _fold(letters: dict[int, str]) -> None:
    """Fold the names that this makes different, and no others."""
    rows = op.get_bind().execute(sa.text("SELECT id, display_name, sort_name FROM person")).all()
    changed = [
        {"key": key, "name": name}
        for key, shown, before in rows
        if not shown.isascii() and (name := _folded(shown).translate(letters)) != before
    ]
    if changed:
        statement = sa.text("UPDATE person SET sort_name = :name WHERE id = :key")
        op.get_bind().execute(statement, changed)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
