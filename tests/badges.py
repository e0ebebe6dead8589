"""Badges for tests: a signed one, its alterations, and the verifier of others."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from elearning.integrations.open_badges.did import did_document
from elearning.integrations.open_badges.proof import sign
from elearning.integrations.signing_keys import SigningKey
from elearning.learning.badge import Badge, Recipient, StatusEntry, did_of
from elearning.learning.certificate_code import make_code
from elearning.learning.issuer_keys import IssuerKey
from elearning.learning.status_list import list_url, status_list
from tests.sealing import KEY, PRIVATE

SITE = "https://leren.voorbeeld.example"
SIGNED_AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
PLACE = 77_777
BADGE = Badge(
    url=f"{SITE}/v/{make_code(bytes(range(15)))}/badge.json",
    issuer_url=SITE,
    issuer_name="Voorbeeldhogeschool",
    lang="nl",
    achievement_id="urn:uuid:9d1c7a5e-6b4c-5f0e-9f4f-3b1c7a5e6b4c",
    title="Eerste reactie – basistraining voor medewerkers",
    version="1a2b3c4d",
    study_load_minutes=120,
    goals=("ruimte geven zonder uit te horen", "goed doorverwijzen"),
    image_url=f"{SITE}/badge/image.png",
    obtained_on=date(2026, 3, 3),
    valid_until=date(2999, 3, 3),
    recipient=Recipient("Şerife Gökçe-Łukasiewicz", "0f" * 16),
    status=StatusEntry(list_url(SITE, 1), PLACE),
)
VERIFIER = Path(__file__).parent / "verifier"
Steps = tuple[str | int, ...]


def signed(badge: Badge = BADGE) -> dict[str, Any]:
    """Return a badge signed with the key of all tests."""
    key = SigningKey(KEY.id, PRIVATE)
    made = sign(badge.credential(), key, issuer=did_of(SITE), at=SIGNED_AT)
    return json.loads(json.dumps(made))  # type: ignore[no-any-return] # it was a dictionary


def leaves(value: Any, path: Steps = ()) -> Iterator[Steps]:  # noqa: ANN401 - any JSON
    """Yield the path of every single field below a JSON value."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from leaves(each, (*path, place))
    else:
        yield path


def objects(value: Any, path: Steps = ()) -> Iterator[Steps]:  # noqa: ANN401 - any JSON
    """Yield the path of every object, contexts left out."""
    if isinstance(value, dict):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, each in items:
        if step != "@context" and isinstance(each, dict | list):
            yield from objects(each, (*path, step))


def at(document: dict[str, Any], path: Steps) -> Any:  # noqa: ANN401 - any JSON
    """Return what stands at a path."""
    found: Any = document
    for step in path:
        found = found[step]
    return found


def altered(document: dict[str, Any], path: Steps) -> dict[str, Any]:
    """Return the badge with one field changed to another of its kind."""
    changed = copy.deepcopy(document)
    place = at(changed, path[:-1])
    old = place[path[-1]]
    place[path[-1]] = (not old) if isinstance(old, bool) else f"{old[:-1]}{_other(old[-1])}"
    return changed


def _other(letter: str) -> str:
    return "2" if letter != "2" else "3"


def with_term(document: dict[str, Any], path: Steps) -> dict[str, Any]:
    """Return the badge with a term that no context defines, in one of its objects."""
    changed = copy.deepcopy(document)
    at(changed, path)["invented"] = "something"
    return changed


def with_base(document: dict[str, Any], base: str) -> dict[str, Any]:
    """Return the badge with a relative name in it, and a base that it is to be read against."""
    changed = copy.deepcopy(document)
    changed["@context"].append({"@base": base})
    changed["credentialSubject"]["achievement"]["image"]["id"] = "image.png"
    return changed


def with_relative_name(document: dict[str, Any]) -> dict[str, Any]:
    """Return the badge with a relative name and nothing to read it against."""
    changed = with_base(document, "")
    changed["@context"].pop()
    return changed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier of others says."""

    is_signature_valid: bool
    is_in_force: bool | None


def ask_others(
    credentials: list[dict[str, Any]],
    *,
    keys: tuple[IssuerKey, ...] = (KEY,),
    revoked: tuple[int, ...] = (),
) -> list[Verdict]:
    """Return what `@digitalcredentials/verifier-core` says; skips the test where it is missing."""
    require_verifier()
    key = SigningKey(KEY.id, PRIVATE)
    listed = status_list(SITE, 1, revoked, since=SIGNED_AT)
    web: Mapping[str, Any] = {
        f"{SITE}/.well-known/did.json": did_document(SITE, keys),
        list_url(SITE, 1): sign(listed, key, issuer=did_of(SITE), at=SIGNED_AT),
    }
    answer = subprocess.run(
        ["node", "check.mjs"],  # noqa: S607 - whatever node is installed here
        cwd=VERIFIER,
        input=json.dumps({"web": web, "credentials": credentials}),
        check=True,
        capture_output=True,
        text=True,
    )
    return [
        Verdict(each["signature"] is True, each["status"])
        for each in json.loads(answer.stdout)["results"]
    ]


def require_verifier() -> None:
    """Skip a test on a machine without the second verifier; fail it in CI."""
    if shutil.which("node") is not None and (VERIFIER / "node_modules").is_dir():
        return
    why = "no second verifier of badges here: install Node.js and run tests/verifier/install"
    if os.environ.get("CI") == "true":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
