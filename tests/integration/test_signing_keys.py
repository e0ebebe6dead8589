"""Keys are made, retired and marked; only the one in use has a private half on the disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from elearning.errors import NotFound, SigningKeyMissing
from elearning.integrations.signing_keys import KeyFolder, is_signed_by
from elearning.learning.issuer_keys import KeyState

DAY, LATER = date(2027, 3, 3), date(2027, 9, 1)


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    """Return a folder without any key."""
    return KeyFolder(tmp_path / "keys")


def test_without_a_key_nothing_is_signed_and_the_error_says_what_to_run(folder: KeyFolder) -> None:
    with pytest.raises(SigningKeyMissing, match="elearning prepare"):
        folder.active()
    assert folder.public_keys() == ()


def test_the_active_key_signs_what_its_public_half_checks(folder: KeyFolder) -> None:
    made = folder.rotate(DAY)
    signature = folder.active().sign(b"content")
    assert is_signed_by(made, signature, b"content")
    assert not is_signed_by(made, signature, b"Content")


def test_a_private_key_can_be_read_by_its_owner_alone(folder: KeyFolder) -> None:
    made = folder.rotate(DAY)
    assert (folder.path / f"{made.id}.pem").stat().st_mode & 0o777 == 0o600


def test_after_a_rotation_the_new_key_signs_and_the_old_private_half_is_gone(
    folder: KeyFolder,
) -> None:
    old = folder.rotate(DAY)
    new = folder.rotate(LATER)
    assert folder.active().id == new.id
    assert [each.state for each in folder.public_keys()] == [KeyState.RETIRED, KeyState.ACTIVE]
    assert folder.public_keys()[0].retired_on == LATER
    assert not (folder.path / f"{old.id}.pem").exists()


def test_a_leaked_key_in_use_is_replaced_at_once(folder: KeyFolder) -> None:
    leaked = folder.rotate(DAY)
    folder.mark_compromised(leaked.id, LATER)
    assert folder.active().id != leaked.id
    assert [each.state for each in folder.public_keys()] == [
        KeyState.COMPROMISED,
        KeyState.ACTIVE,
    ]


def test_a_leaked_key_of_before_is_marked_and_the_one_in_use_stays(folder: KeyFolder) -> None:
    leaked = folder.rotate(DAY)
    new = folder.rotate(DAY)
    marked = folder.mark_compromised(leaked.id, LATER)
    assert (marked.retired_on, marked.compromised_on) == (DAY, LATER)
    assert folder.active().id == new.id


def test_a_key_that_does_not_exist_cannot_be_marked(folder: KeyFolder) -> None:
    folder.rotate(DAY)
    with pytest.raises(NotFound):
        folder.mark_compromised("0" * 16, DAY)
