"""The site with content in miniature, a draft beside it, and an author who has signed in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from elearning.cli.content.beginnings import first_files
from elearning.clock import SetClock
from elearning.content.library import Library, load_library
from elearning.content.sources import ContentRoot
from elearning.scenario.model import Kind
from elearning.scenario.registry_parser import parse_registry
from elearning.services.publish_content import publish_content
from elearning.storage.people import Account, Role
from tests.builders import a_person, a_role, an_account
from tests.practice_content import ADDRESSES, write_content
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

DRAFT, STALE_DRAFT = "klad", "oud"
# A repair that is gone, a flag that nobody reads, and a translation that is missing.
SPOILT: Mapping[str, str] = {
    "  repair: [ERROR]\n": "",
    "flags: [weg_gewezen]": "flags: [weg_gewezen, vergeten]",
}


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.sqlite)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Return one database: these pages read nothing from it but who has signed in."""
    return str(request.param)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the miniature content with two drafts that are not whole."""
    folder = tmp_path_factory.mktemp("drafts") / "content"
    write_content(folder, {})
    shared = (folder / "scenarios/competencies.yaml").read_text(encoding="utf-8")
    registry, _ = parse_registry(shared, "")
    spoilt = {old.replace("ERROR", next(iter(registry.errors))): new for old, new in SPOILT.items()}
    source = first_files(DRAFT, Kind.CONVERSATION, registry)["scenario.md"]
    _write(folder / "scenarios" / DRAFT, {"scenario.md": _changed(source, spoilt)})
    files = first_files(STALE_DRAFT, Kind.READING, registry)
    files["scenario.md"] = _changed(files["scenario.md"], {"Maak eerst ruimte.": "Wacht."})
    _write(folder / "scenarios" / STALE_DRAFT, files)
    overlay = folder / "modules/directory/institution.demo.yaml"
    return load_library(ContentRoot(folder), overlay, ADDRESSES)


def _changed(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def account(arrange: Arrange, library: Library, clock: SetClock) -> Account:
    """Return the account of an author."""
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
        person = a_person(session, name="Joris Schrijver")
        a_role(session, person=person, role=Role.AUTHOR)
        return an_account(session, person=person)


@pytest.fixture
def author(client: StrictClient, account: Account, sign_in: SignIn) -> StrictClient:
    """Return the browser in which the author is signed in."""
    sign_in(client, account)
    return client
