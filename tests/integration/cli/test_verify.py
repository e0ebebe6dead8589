"""`elearning verify` and `elearning keys`: a file needs public keys only, a code the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.integrations.signing_keys import KeyFolder
from elearning.integrations.typst_pdf import render_certificate, statement_attachment
from elearning.services.held_certificates import Held, held_certificate
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Award
from elearning.storage.engine import one_transaction
from tests.builders import a_person, an_award
from tests.integration.cli.command_line import run
from tests.practice_content import BASIS, practice_library
from tests.sealing import BASE_URL, KEY, an_issuing, write_key

SECRET = "a secret key that is used in tests only"  # noqa: S105 - of tests only


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the miniature content."""
    return practice_library(tmp_path_factory.mktemp("practice") / "content")


@dataclass(frozen=True, slots=True)
class Instance:
    """An installation that the command line is set to, with one certificate."""

    engine: Engine
    folder: Path
    held: Held

    @property
    def statement(self) -> Path:
        """Return the signed file of the certificate."""
        return self._written("certificate.json", self.held.statement.encode())

    @property
    def pdf(self) -> Path:
        """Return the certificate as PDF, with the signed file in it."""
        attached = statement_attachment(self.held.document, self.held.statement)
        return self._written(
            "certificaat-2027.pdf", render_certificate(self.held.document, attachments=(attached,))
        )

    def altered(self) -> Path:
        """Return the signed file with another name in it."""
        return self._written(
            "altered.json", self.held.statement.replace("Noor de Wit", "Noor de Vos").encode()
        )

    def _written(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


@pytest.fixture
def instance(
    engine: Engine,
    database_url: str,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Instance:
    """Return an installation with one certificate that is valid today."""
    monkeypatch.setenv("ELEARNING_MODE", "demo")
    monkeypatch.setenv("ELEARNING_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ELEARNING_DATABASE_URL", database_url)
    monkeypatch.setenv("ELEARNING_SECRET_KEY", SECRET)
    write_key(tmp_path / "keys")
    now = datetime.now(UTC)
    with one_transaction(engine) as session:
        award = an_award(
            session,
            person=a_person(session),
            training_id=BASIS,
            obtained_on=now.date(),
            valid_until=now.date() + timedelta(days=730),
        )
        issue_certificate(session, award=award, issuing=an_issuing(library, SECRET, SetClock(now)))
        held = held_certificate(
            session,
            person_id=award.person_id,
            award_id=award.id,
            lang="nl",
            secret_key=SECRET,
            base_url=BASE_URL,
        )
        session.expunge_all()
    return Instance(engine, tmp_path, held)


@pytest.fixture
def elsewhere(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the published keys, on a machine that has nothing else."""
    published = instance.folder / "certificate-keys.json"
    published.write_text(run("keys", "export").output, encoding="utf-8")
    for name in ("MODE", "INSTANCE", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(f"ELEARNING_{name}")
    return published


def test_a_file_is_checked_without_database_and_settings(
    instance: Instance, elsewhere: Path
) -> None:
    result = run("verify", instance.statement, "--keys", elsewhere)
    assert result.exit_code == 0
    assert "Genuine" in result.output
    assert "Noor de Wit" in result.output


def test_a_pdf_is_checked_by_the_file_inside_it(instance: Instance, elsewhere: Path) -> None:
    result = run("verify", instance.pdf, "--keys", elsewhere, "--lang", "en")
    assert result.exit_code == 0
    assert "Genuine" in result.output


def test_an_altered_file_is_refused(instance: Instance, elsewhere: Path) -> None:
    result = run("verify", instance.altered(), "--keys", elsewhere)
    assert result.exit_code == 2
    assert "Not genuine" in result.output
    assert "Noor" not in result.output


def test_without_keys_it_says_so(instance: Instance, elsewhere: Path) -> None:
    elsewhere.unlink()
    result = run("verify", instance.statement)
    assert result.exit_code == 2
    assert "no public keys" in result.output


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and no more", b"\xff\xfe", b"{}"])
def test_any_other_file_is_no_certificate(instance: Instance, content: bytes) -> None:
    path = instance.folder / "something"
    path.write_bytes(content)
    assert run("verify", path).exit_code == 2


def test_a_code_is_looked_up_in_the_database(instance: Instance) -> None:
    result = run("verify", instance.held.document.code)
    assert result.exit_code == 0
    assert result.output.startswith("valid\n")
    assert "Noor" not in result.output


def test_a_withdrawn_certificate_is_genuine_as_a_file_and_withdrawn_by_its_code(
    instance: Instance,
) -> None:
    with one_transaction(instance.engine) as session:
        award = session.get_one(Award, instance.held.award.id)
        award.withdrawn_on = award.obtained_on
    assert run("verify", instance.statement).exit_code == 0
    result = run("verify", instance.held.document.code)
    assert result.exit_code == 1
    assert result.output.startswith("withdrawn\n")


def test_an_unknown_code_is_refused(instance: Instance) -> None:
    other = code_of(instance.held.award.id, "another secret key than the one in use")
    assert run("verify", str(other)).exit_code == 2


def test_after_a_rotation_an_old_certificate_still_verifies_and_the_log_says_it(
    instance: Instance,
) -> None:
    assert run("keys", "rotate").exit_code == 0
    assert run("verify", instance.statement).exit_code == 0
    assert KeyFolder(instance.folder / "keys").active().id != KEY.id
    assert "retired" in run("keys", "list").output
    with one_transaction(instance.engine) as session:
        kinds = session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)).all()
    assert kinds[-1] is AuditKind.KEY_ROTATED


def test_after_a_key_leaked_its_files_convince_nobody_and_its_codes_still_do(
    instance: Instance,
) -> None:
    assert run("keys", "compromise", KEY.id).exit_code == 0
    assert json.loads(run("keys", "export").output)["keys"][0]["compromised_on"] is not None
    result = run("verify", instance.statement)
    assert result.exit_code == 2
    assert "somebody else may have" in result.output
    assert run("verify", instance.held.document.code).exit_code == 0


def test_a_key_that_does_not_exist_cannot_be_marked(instance: Instance) -> None:
    assert run("keys", "compromise", "0" * 16).exit_code == 2
    assert instance.folder.is_dir()
