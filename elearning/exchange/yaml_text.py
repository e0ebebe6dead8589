"""Writes values as the strict YAML of our files: flat, on one line, text in double quotes."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

# What is a word and cannot be taken for a number, a date or a truth value.
_PLAIN: Final = re.compile(r"(?!(?:true|false|null)$)[A-Za-z_][A-Za-z0-9_/-]*", re.ASCII)
_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quoted(text: str) -> str:
    """Return a text in double quotes, whatever it holds."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def word(text: str) -> str:
    """Return a name: plain where it can be, else in double quotes."""
    return text if _PLAIN.fullmatch(text) else quoted(text)


def words(names: Iterable[str]) -> str:
    """Return a list of names."""
    return f"[{', '.join(word(each) for each in names)}]"


def mapping(values: Mapping[str, str]) -> str:
    """Return a mapping whose values have been written already."""
    return f"{{{', '.join(f'{word(key)}: {value}' for key, value in values.items())}}}"
