"""What is not proved counts for nothing: a training that names it is refused, as is the start."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from elearning.cli.check import EXAMPLE_OVERLAY
from elearning.clock import SetClock
from elearning.config import Mode, Settings, SmtpTls
from elearning.content.library import Known, load_library, read_everything
from elearning.content.sources import ContentRoot, content_root
from elearning.errors import ContentInvalid
from elearning.scenario.ids import ScenarioId
from elearning.scenario.judge import judge_scenario
from elearning.scenario.prove.prover import prove
from elearning.services.publish_content import known_proofs, publish_content
from elearning.web.factory import create_app
from tests.practice_content import ADDRESSES, TALK, practice_library, write_content
from tests.shipped_content import shipped_library

JUDGE = "elearning.scenario.judge.prove"
SHIPPED = content_root(None)
OVERLAY = SHIPPED.path / EXAMPLE_OVERLAY
SOUND = "s01-gisteravond"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return content whose conversations anybody can guess, and a training that counts them."""
    write_content(tmp_path, {})
    return tmp_path


def everything_known(folder: Path) -> Known:
    library = load_library(ContentRoot(folder), folder / EXAMPLE_OVERLAY, ADDRESSES)
    return {(name, each.scenario.version): "x" for name, each in library.scenarios.items()}


def test_a_conversation_that_can_be_guessed_stops_everything_and_is_named(folder: Path) -> None:
    with pytest.raises(ContentInvalid) as refusal:
        load_library(ContentRoot(folder), folder / EXAMPLE_OVERLAY, ADDRESSES, known={})
    assert f"scenarios/{TALK}/scenario.md:" in str(refusal.value)
    assert "S3 " in str(refusal.value)


def test_one_that_is_too_large_to_prove_is_for_practice_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JUDGE, partial(prove, most_states=1))
    loaded = read_everything(ContentRoot(folder), folder / EXAMPLE_OVERLAY, ADDRESSES, known={})
    found = [each for each in loaded.problems if each.file == "modules/trainings.yaml"]
    assert any(f"{TALK!r} is practice only" in each.message for each in found)
    others = {each.code for each in loaded.problems if TALK in each.file}
    assert "R9" in others
    assert "S3" not in others


def test_what_was_proved_before_is_not_proved_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = everything_known(folder)
    monkeypatch.setattr(JUDGE, None)
    library = load_library(ContentRoot(folder), folder / EXAMPLE_OVERLAY, ADDRESSES, known=known)
    assert set(library.proofs.values()) == {"x"}
    assert library.proofs.keys() == library.scenarios.keys()


def test_another_version_is_proved_anew(folder: Path) -> None:
    known = {key: digest for key, digest in everything_known(folder).items() if key[0] != TALK}
    with pytest.raises(ContentInvalid):
        load_library(
            ContentRoot(folder),
            folder / EXAMPLE_OVERLAY,
            ADDRESSES,
            known={**known, (ScenarioId(TALK), "another version"): "x"},
        )


def test_the_digest_of_a_proof_is_kept_with_the_version(
    session: Session, clock: SetClock, tmp_path: Path
) -> None:
    library = practice_library(tmp_path)
    publish_content(session, library=library, clock=clock)
    known = known_proofs(session)
    version = library.scenario(TALK).scenario.version
    assert known[(ScenarioId(TALK), version)] == library.proofs[ScenarioId(TALK)]


def test_a_sound_scenario_has_a_digest_and_one_with_an_error_has_none() -> None:
    files = SHIPPED.folders("scenarios", "scenario.md")[SOUND]
    judged = judge_scenario(files, shipped_library().registry)
    assert judged.proof is not None
    assert judged.digest == judged.proof.digest
    unfair = {name: text.replace("open_A == 0 and ", "") for name, text in files.items()}
    judged = judge_scenario(unfair, shipped_library().registry)
    assert judged.digest is None
    assert any(each.choices for each in judged.outcome.problems)


def test_the_site_does_not_start_with_a_blocking_finding_and_says_which(
    folder: Path, tmp_path: Path
) -> None:
    settings = Settings(
        mode=Mode.PRODUCTION,
        instance=tmp_path / "instance",
        database_url=f"sqlite:///{tmp_path / 'fresh.sqlite3'}",
        jobs_url=f"sqlite:///{tmp_path / 'jobs.sqlite3'}",
        secret_key="a key for tests, long enough to be one",  # noqa: S106 - guards nothing
        base_url="https://leren.example.org",
        content=folder,
        overlay=folder / EXAMPLE_OVERLAY,
        trusted_hosts=("leren.example.org",),
        proxy_hops=0,
        timezone="Europe/Amsterdam",
        idle_minutes=60,
        session_hours=12,
        smtp_host=None,
        smtp_port=587,
        smtp_tls=SmtpTls.STARTTLS,
        smtp_user=None,
        smtp_password=None,
        smtp_from=None,
        smtp_timeout=10,
        learning_days=30,
        retention_hour=None,
        account_months=24,
    )
    with pytest.raises(ContentInvalid, match=rf"{TALK}/scenario\.md:\d+: S3 "):
        create_app(settings)
