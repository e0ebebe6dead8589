"""Every string of the interface, read from the code and the templates themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
JINJA = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
# What a column is for is said where the column is; the privacy report says it in both languages.
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "about": (2,)}
LANGUAGES = ("nl", "en")


def strings_in_use() -> Iterator[tuple[str, int, str | tuple[str, ...]]]:
    """Yield file, line and message of every string that is marked for translation."""
    found = extract_from_dir(ROOT / "elearning", METHODS, JINJA, KEYWORDS)
    for file, line, message, _comments, _context in found:
        yield file, line, message


def catalogue(lang: str) -> Catalog:
    """Return the catalogue of a language as it stands in the repository."""
    with path_of(lang).open("rb") as source:
        return read_po(source, locale=lang)


def path_of(lang: str) -> Path:
    """Return the file of a language."""
    return ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po"


def tidy(lang: str) -> int:
    """Bring a catalogue in step with the code: add what is new, drop what is gone; return new."""
    old = catalogue(lang)
    new = Catalog(
        locale=lang,
        project="elearning",
        charset="utf-8",
        header_comment="# The words of the interface.",
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        fuzzy=False,
    )
    added = 0
    for file, line, message in strings_in_use():
        known = old.get(message)
        text = known.string if known is not None else _first_text(lang, message)
        added += known is None
        new.add(message, text, locations=[(file, line)])
    with path_of(lang).open("wb") as target:
        write_po(target, new, sort_output=True, width=100, no_location=True, omit_header=False)
    return added


def _first_text(lang: str, message: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Return what a new string starts with: English is written in the code, Dutch is asked for."""
    if lang == "en":
        return message
    return "" if isinstance(message, str) else tuple("" for _ in message)


if __name__ == "__main__":
    for code in LANGUAGES:
        print(f"{code}: {tidy(code)} new strings")  # noqa: T201 - the output of `make translations`
