"""An Open Badge is accepted by two verifiers as it was made, and by none once it was altered."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest

from elearning.integrations.badge_image import badge_png, badge_svg
from elearning.integrations.open_badges.check import check_badge, is_badge
from elearning.integrations.open_badges.did import did_document
from elearning.integrations.open_badges.json_ld import FILES, JsonLdRefused, digest
from elearning.learning.badge import did_of
from elearning.learning.certificate_statement import OfflineStanding
from elearning.learning.issuer_keys import IssuerKey
from tests.badges import (
    BADGE,
    PLACE,
    SITE,
    Steps,
    Verdict,
    altered,
    ask_others,
    leaves,
    objects,
    signed,
    with_base,
    with_relative_name,
    with_term,
)
from tests.sealing import KEY

DAY = date(2027, 3, 3)
MADE = signed()
# Which context a verifier resolves does not belong to what is signed; the field must be ours.
FIELDS = [path for path in leaves(MADE) if "@context" not in path]
REFUSED = {OfflineStanding.ALTERED, OfflineStanding.NOT_A_CERTIFICATE, OfflineStanding.KEY_UNKNOWN}
CONTEXTS = {
    "credentials-v2.json": "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f",
    "open-badges-3.0.3.json": "88115d8e3c088bf2c83f68e6373027072ab9f3f83523a55b49d3605199d56413",
}
ALTERATIONS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "a base and a relative name": lambda badge: with_base(badge, f"{SITE}/badge/"),
    "a moved base": lambda badge: with_base(badge, "https://elders.example/"),
    "a relative name": with_relative_name,
    "another base alone": lambda badge: {
        **badge,
        "@context": [*badge["@context"], {"@base": "https://elders.example/"}],
    },
    "a context that is not kept here": lambda badge: {
        **badge,
        "@context": [*badge["@context"], "https://elders.example/context.json"],
    },
    "contexts in another order": lambda badge: {**badge, "@context": badge["@context"][::-1]},
    "a second proof": lambda badge: {**badge, "proof": badge["proof"] * 2},
    "a proof that is no list": lambda badge: {**badge, "proof": badge["proof"][0]},
    "no proof": lambda badge: {key: each for key, each in badge.items() if key != "proof"},
    "no end": lambda badge: {key: each for key, each in badge.items() if key != "validUntil"},
    "no status": lambda badge: {
        key: each for key, each in badge.items() if key != "credentialStatus"
    },
    "a context of a part": lambda badge: {
        **badge,
        "issuer": {**badge["issuer"], "@context": {"@base": "https://elders.example/"}},
    },
}


def standing(badge: dict[str, Any], *, keys: tuple[IssuerKey, ...] = (KEY,)) -> OfflineStanding:
    """Check a badge with our own verifier."""
    return check_badge(json.dumps(badge), keys=keys, day=DAY).standing


class TestOurVerifier:
    """Public keys and our own contexts are all it goes by."""

    def test_accepts_what_was_made(self) -> None:
        checked = check_badge(json.dumps(MADE), keys=(KEY,), day=DAY)
        assert checked.standing is OfflineStanding.SIGNED
        assert dict(checked.facts)["training"] == BADGE.title

    def test_sees_that_it_expired(self) -> None:
        ended = signed(replace(BADGE, valid_until=DAY))
        assert standing(ended) is OfflineStanding.EXPIRED

    @pytest.mark.parametrize("path", FIELDS, ids=str)
    def test_refuses_every_single_field_that_was_altered(self, path: Steps) -> None:
        assert standing(altered(MADE, path)) in REFUSED

    @pytest.mark.parametrize("path", [*objects(MADE)], ids=str)
    def test_refuses_a_term_that_nothing_defines(self, path: Steps) -> None:
        assert standing(with_term(MADE, path)) in REFUSED

    @pytest.mark.parametrize("name", ALTERATIONS)
    def test_refuses(self, name: str) -> None:
        assert standing(ALTERATIONS[name](copy.deepcopy(MADE))) in REFUSED

    def test_refuses_every_flipped_letter_of_the_proof(self) -> None:
        value = MADE["proof"][0]["proofValue"]
        for place in range(len(value)):
            letter = chr(ord(value[place]) ^ 1)
            proof = {
                **MADE["proof"][0],
                "proofValue": f"{value[:place]}{letter}{value[place + 1 :]}",
            }
            assert standing({**MADE, "proof": [proof]}) in REFUSED, place

    def test_refuses_a_badge_of_another_issuer_with_our_key_in_its_name(self) -> None:
        proof = {
            **MADE["proof"][0],
            "verificationMethod": f"did:web:elders.example#{KEY.id}",
        }
        assert standing({**MADE, "proof": [proof]}) is OfflineStanding.ALTERED

    def test_knows_the_worth_of_a_key(self) -> None:
        leaked = replace(KEY, retired_on=DAY, compromised_on=DAY)
        assert standing(MADE, keys=(leaked,)) is OfflineStanding.KEY_COMPROMISED
        assert standing(MADE, keys=()) is OfflineStanding.KEY_UNKNOWN
        later = replace(KEY, created_on=date(2026, 3, 4))
        assert standing(MADE, keys=(later,)) is OfflineStanding.ALTERED

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"@context": 1, "proof": [1]}', "[" * 9999])
    def test_answers_anything(self, text: str) -> None:
        assert check_badge(text, keys=(KEY,), day=DAY).standing is OfflineStanding.NOT_A_CERTIFICATE


class TestTheVerifierOfOthers:
    """`@digitalcredentials/verifier-core` of npm, without a network."""

    def test_accepts_what_was_made_and_reads_its_status(self) -> None:
        assert ask_others([MADE]) == [Verdict(is_signature_valid=True, is_in_force=True)]

    def test_sees_a_withdrawal(self) -> None:
        assert ask_others([MADE], revoked=(PLACE,)) == [
            Verdict(is_signature_valid=True, is_in_force=False)
        ]
        (beside,) = ask_others([MADE], revoked=(PLACE - 1, PLACE + 1))
        assert beside.is_in_force is True

    def test_refuses_every_single_field_that_was_altered(self) -> None:
        verdicts = ask_others([altered(MADE, path) for path in FIELDS])
        accepted = [
            path
            for path, verdict in zip(FIELDS, verdicts, strict=True)
            if verdict.is_signature_valid
        ]
        assert accepted == []

    def test_refuses_a_term_that_nothing_defines(self) -> None:
        paths = [path for path in objects(MADE) if "proof" not in path]
        verdicts = ask_others([with_term(MADE, path) for path in paths])
        assert not any(each.is_signature_valid for each in verdicts)

    def test_refuses_a_moved_base_and_a_relative_name(self) -> None:
        moved = with_base(MADE, "https://elders.example/")
        verdicts = ask_others([moved, with_relative_name(MADE)])
        assert not any(each.is_signature_valid for each in verdicts)

    def test_refuses_what_a_leaked_key_signed(self) -> None:
        leaked = replace(KEY, retired_on=DAY, compromised_on=DAY)
        (verdict,) = ask_others([MADE], keys=(leaked,))
        assert not verdict.is_signature_valid


class TestTheCredential:
    """What it says, and to whom."""

    def test_is_the_same_every_time(self) -> None:
        assert signed() == MADE

    def test_holds_no_name(self) -> None:
        assert BADGE.recipient.name not in json.dumps(MADE, ensure_ascii=False)
        (identity,) = MADE["credentialSubject"]["identifier"]
        known = f"{BADGE.recipient.name}{identity['salt']}"
        assert identity["identityHash"] == f"sha256${sha256(known.encode()).hexdigest()}"
        assert len(bytes.fromhex(identity["salt"])) >= 16

    def test_carries_the_fields_of_the_dutch_profile(self) -> None:
        achievement = MADE["credentialSubject"]["achievement"]
        needed = {"name", "description", "image", "criteria", "inLanguage", "resultDescription"}
        assert needed <= set(achievement)
        assert achievement["participationType"] == "online"
        assert achievement["supervisionType"] == "unsupervised with no identity verification"

    def test_has_a_proof_in_a_list_with_its_context(self) -> None:
        (proof,) = MADE["proof"]
        assert (proof["type"], proof["cryptosuite"]) == ("DataIntegrityProof", "eddsa-rdfc-2022")
        assert proof["@context"] == MADE["@context"]
        assert proof["verificationMethod"] == f"did:web:leren.voorbeeld.example#{KEY.id}"

    def test_without_an_end_has_none(self) -> None:
        endless = signed(replace(BADGE, valid_until=None))
        assert "validUntil" not in endless
        assert standing(endless) is OfflineStanding.SIGNED

    def test_is_told_from_a_statement(self) -> None:
        assert is_badge(json.dumps(MADE))
        assert not is_badge('{"statement": {}, "signature": ""}')
        assert not is_badge("no JSON")


def test_a_did_names_the_port_as_the_method_asks() -> None:
    assert did_of("http://127.0.0.1:8000") == "did:web:127.0.0.1%3A8000"


def test_a_leaked_key_may_assert_nothing() -> None:
    leaked = replace(KEY, compromised_on=DAY)
    document = did_document(SITE, [leaked])
    assert document["assertionMethod"] == []
    assert document["verificationMethod"][0]["revoked"] == "2027-03-03T00:00:00Z"


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_the_contexts_are_those_that_were_reviewed(name: str) -> None:
    kept = files("elearning.integrations.open_badges").joinpath("contexts", name).read_bytes()
    assert sha256(kept).hexdigest() == CONTEXTS[name]
    assert name in FILES.values()


def test_nothing_is_ever_fetched() -> None:
    with pytest.raises(JsonLdRefused):
        digest({"@context": "https://elders.example/context.json", "id": "urn:x:y"})


def test_the_image_is_a_drawing_and_a_picture_of_it() -> None:
    assert badge_svg().startswith("<svg")
    assert badge_png().startswith(b"\x89PNG")
    assert badge_png() == badge_png()
