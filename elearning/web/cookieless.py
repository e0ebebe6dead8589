"""The addresses that read and set no cookie: checking a certificate, and the public figure."""

from __future__ import annotations

from flask import Request

PREFIXES = ("/v", "/controleer", "/.well-known", "/badge", "/cijfer")


def is_cookieless(request: Request) -> bool:
    """Say whether this request is for such an address, errors under it included."""
    return any(
        request.path == prefix or request.path.startswith(f"{prefix}/") for prefix in PREFIXES
    )
