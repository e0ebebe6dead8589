"""JSON-LD with guards: what a processor would silently drop, move or fetch is refused.

PyLD drops a term that no context defines and resolves a relative name against a hidden base. A
signature over the rest would then hold for an altered badge. So a document is expanded first, with
a base that nothing can come from, and everything that would be lost makes it refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from pyld import jsonld

from elearning.learning.badge import CREDENTIALS_V2, OPEN_BADGES

NO_BASE: Final = "invalid-base:/"
FILES: Final = {
    CREDENTIALS_V2: "credentials-v2.json",
    OPEN_BADGES: "open-badges-3.0.3.json",
}


class JsonLdRefused(ValueError):
    """Part of the document has no meaning of its own, so no signature can hold for it."""


def digest(document: Mapping[str, Any]) -> bytes:
    """Return the SHA-256 of the canonical form (RDFC-1.0); raises `JsonLdRefused`."""
    try:
        # What is signed is the very expansion that was looked at.
        canonical = jsonld.normalize(
            _expanded(document),
            {
                "algorithm": "URDNA2015",
                "format": "application/n-quads",
                "base": NO_BASE,
                "documentLoader": _load,
            },
        )
    except (jsonld.JsonLdError, TypeError, AttributeError, KeyError) as error:
        raise JsonLdRefused(type(error).__name__) from None
    return sha256(canonical.encode()).digest()


def _expanded(document: Mapping[str, Any]) -> list[Any]:
    """Return the document with every word written out; refuse one with a loose word."""
    expanded = jsonld.expand(
        dict(document),
        {"base": NO_BASE, "documentLoader": _load},
        on_property_dropped=_refuse,
    )
    if not expanded:
        raise JsonLdRefused("nothing is left of it")
    _refuse_relative(expanded)
    return expanded


def _refuse(_dropped: object) -> None:
    raise JsonLdRefused("a term that nothing defines")


def _refuse_relative(value: Any) -> None:  # noqa: ANN401 - any JSON
    """Refuse every name that is not absolute, wherever it stands."""
    if isinstance(value, list):
        for each in value:
            _refuse_relative(each)
    elif isinstance(value, dict):
        for name in (value.get("@id"), *_types(value)):
            if name is not None and (":" not in name or name.startswith(NO_BASE)):
                raise JsonLdRefused("a relative name")
        for each in value.values():
            _refuse_relative(each)


def _types(value: Mapping[str, Any]) -> list[str]:
    types = value.get("@type", [])
    return types if isinstance(types, list) else [types]


def _load(url: str, _options: object) -> dict[str, Any]:
    """Return a context that is kept here; no other is ever looked for."""
    if url not in FILES:
        raise JsonLdRefused("a context that is not kept here")
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": _context(FILES[url]),
    }


@cache
def _context(name: str) -> Any:  # noqa: ANN401 - JSON
    source = files("elearning.integrations.open_badges").joinpath("contexts", name)
    return json.loads(source.read_text(encoding="utf-8"))
