"""JSON that can be read in one way only: no key twice, an object at the top, not too large."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 200_000


def read_object(text: str) -> dict[str, Any]:
    """Return the object; raises `ValueError` for anything that readers could take differently."""
    if len(text) > LARGEST:
        raise ValueError("too large")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
