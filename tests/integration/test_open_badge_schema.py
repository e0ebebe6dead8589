"""A badge fits the JSON schema that 1EdTech publishes for Open Badges 3.0."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from elearning.learning.badge import Badge
from tests.badges import BADGE, signed

SCHEMA = Path(__file__).parents[1] / "data" / "open_badges" / "achievementcredential.schema.json"
DIGEST = "5753fb3ecf7d024ed273dd364bd683f483eb47257e718e6618832cf89eb2083a"
VALIDATOR = Draft201909Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
Damage = Callable[[dict[str, Any]], object]
DAMAGES: dict[str, Damage] = {
    "no issuer": lambda badge: badge.pop("issuer"),
    "no first day": lambda badge: badge.pop("validFrom"),
    "no subject": lambda badge: badge.pop("credentialSubject"),
    "contexts in another order": lambda badge: badge["@context"].reverse(),
    "not a badge": lambda badge: badge["type"].remove("OpenBadgeCredential"),
    "a proof outside a list": lambda badge: badge.update(proof=badge["proof"][0]),
    "an achievement without criteria": lambda badge: badge["credentialSubject"]["achievement"].pop(
        "criteria"
    ),
}


def test_the_schema_is_the_one_that_was_published() -> None:
    assert sha256(SCHEMA.read_bytes()).hexdigest() == DIGEST
    VALIDATOR.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize(
    "badge",
    [BADGE, replace(BADGE, lang="en"), replace(BADGE, valid_until=None)],
    ids=["Dutch", "English", "without end"],
)
def test_a_badge_fits_the_published_schema(badge: Badge) -> None:
    assert [each.message for each in VALIDATOR.iter_errors(signed(badge))] == []


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_the_schema_refuses_what_is_damaged(damage: Damage) -> None:
    badge = copy.deepcopy(signed())
    damage(badge)
    assert not VALIDATOR.is_valid(badge)
