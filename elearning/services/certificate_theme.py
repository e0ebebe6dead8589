"""Keep the look of a certificate with it: once per theme, found again by its digest."""

from __future__ import annotations

import json
from hashlib import sha256

from sqlalchemy.orm import Session

from elearning.learning.theme import OWN, Logo, Theme
from elearning.storage.certificates import CertificateTheme
from elearning.storage.statements import insert_if_absent


def keep_theme(session: Session, *, theme: Theme) -> str:
    """Keep a theme, unless it is kept already; return its digest."""
    content = _written(theme)
    digest = sha256(content.encode()).hexdigest()
    if session.get(CertificateTheme, digest) is None:
        insert_if_absent(session, CertificateTheme, {"digest": digest, "content": content})
    return digest


def kept_theme(session: Session, *, digest: str) -> Theme:
    """Return a theme by its digest; our own look where it is not there."""
    row = session.get(CertificateTheme, digest)
    return OWN if row is None else _read(row.content)


def _written(theme: Theme) -> str:
    logo = theme.logo
    kept = None if logo is None else {"svg": logo.svg, "alt": dict(logo.alt)}
    return json.dumps({"primary": theme.primary, "logo": kept}, ensure_ascii=False, sort_keys=True)


def _read(content: str) -> Theme:
    found = json.loads(content)
    logo = found["logo"]
    return Theme(found["primary"], None if logo is None else Logo(logo["svg"], logo["alt"]))
