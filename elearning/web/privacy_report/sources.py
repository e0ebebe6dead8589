"""What the report is made from, without its words, and a digest of it.

Two reports with the same digest say the same about the program, whenever and in whatever language
they were made. Each part has a digest of its own, so that a difference can be found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Flask

from elearning.content.library import Library
from elearning.services.apply_retention import STAYS, STEPS
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.base import Kept
from elearning.storage.models import Base
from elearning.storage.never import Never
from elearning.storage.outbox import MessageTemplate
from elearning.storage.people import Role
from elearning.web.access import policy_of
from elearning.web.logs import UNLOGGED, LogField
from elearning.web.privacy_report.around import cookie_words, settings_told
from elearning.web.privacy_report.mails import texts, whole_text
from elearning.web.state import State

# The one rule of law that the report names; with its source and date it stands in the directory.
SPECIAL_DATA = "special_data"


def sources(app: Flask, state: State) -> dict[str, Any]:
    """Return everything that the report is made from, as plain values."""
    return {
        "access": _access(app),
        "columns": _columns(),
        "limits": _limits(),
        "mail": _mail(),
        "logs": {
            "fields": list(LogField),
            "unlogged": sorted(UNLOGGED),
            "kinds": sorted(AuditKind),
            "facts": sorted(AuditFact),
        },
        "never": list(Never),
        "cookies": sorted(cookie_words(app)),
        "settings": settings_told(state.settings) | _law(state.library) | _allowed(state.library),
    }


def digests(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of each part, and under "" that of all."""
    parts = {name: _digest(value) for name, value in found.items()}
    return {**parts, "": _digest(parts)}


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _access(app: Flask) -> dict[str, Any]:
    rules = {name: policy_of(app, name) for name in app.view_functions}
    routes = {
        rule.endpoint + " " + rule.rule: sorted(rule.methods or ())
        for rule in app.url_map.iter_rules()
    }
    told = {
        name: [rule.is_public, sorted(rule.roles), rule.everywhere, rule.where_allowed]
        for name, rule in rules.items()
        if rule is not None
    }
    return {"rules": told, "routes": routes, "roles": list(Role)}


def _columns() -> dict[str, list[str]]:
    return {
        f"{table.name}.{column.name}": [
            column.info["pii"],
            column.info["purpose"],
            column.info["kept"],
        ]
        for table in Base.metadata.sorted_tables
        for column in table.columns
    }


def _limits() -> dict[str, Any]:
    steps = {step.counted: list(step.keeps) for step in STEPS}
    return {"limits": list(Kept), "steps": steps, "stays": sorted(STAYS)}


def _mail() -> dict[str, list[str]]:
    return {
        f"{template} {lang}": [
            f"{text.subject} {whole_text(text)}" for _occasion, text in texts(template, lang)
        ]
        for template in MessageTemplate
        for lang in ("en", "nl")
    }


def _allowed(library: Library) -> dict[str, str]:
    """Return what the institution allows beyond what is usual."""
    return {"names_for_managers": "yes" if library.institution.reports.names_for_managers else "no"}


def _law(library: Library) -> dict[str, str]:
    fact = library.directory.facts.get(SPECIAL_DATA)
    if fact is None:
        return {}
    return {fact.id: f"{fact.value['en']} {fact.dated.source} {fact.dated.verified_on}"}
