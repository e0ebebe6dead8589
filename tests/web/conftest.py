"""A running site for each test, on a database of its own, with nothing switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.config import Mode, Settings, SmtpTls
from elearning.content.library import Library, load_library
from elearning.content.sources import ContentRoot, content_root
from elearning.services.seal import Issuing
from elearning.storage.people import Account
from elearning.web import i18n
from elearning.web.extensions import db
from elearning.web.factory import ADDRESSES, create_app
from tests.builders import PASSWORD, a_person, an_account
from tests.pages.page import Page
from tests.pages.sign_in import SignInPage
from tests.practice_content import practice_library
from tests.sealing import an_issuing, write_key
from tests.web.languages import Foreign, Missing, foreign_words
from tests.web.routes import RememberedRule
from tests.web.strict_client import StrictClient

DEMO_OVERLAY = Path(__file__).parents[2] / "modules/directory/institution.demo.yaml"
Arrange = Callable[[], AbstractContextManager[Session]]
SignIn = Callable[[StrictClient, Account], Page]


@pytest.fixture(scope="session")
def content() -> ContentRoot:
    """Return the content of this checkout."""
    return content_root(None)


@pytest.fixture(scope="session")
def library(content: ContentRoot) -> Library:
    """Return everything that is served, loaded once."""
    return load_library(content, DEMO_OVERLAY, ADDRESSES)


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return content in miniature, for tests that override `library` with it."""
    return practice_library(tmp_path_factory.mktemp("practice") / "content")


@pytest.fixture(scope="session")
def foreign(content: ContentRoot) -> Mapping[str, Foreign]:
    """Return what may not be read on a page of the other language."""
    return foreign_words(content.path / "translations")


def demo_settings(folder: Path, database_url: str) -> Settings:
    """Return the settings of a demo on this machine."""
    write_key(folder / "keys")
    return Settings(
        mode=Mode.DEMO,
        instance=folder,
        database_url=database_url,
        jobs_url=f"sqlite:///{folder / 'jobs.sqlite3'}",
        secret_key="a key for tests, long enough to be one",  # noqa: S106 - guards nothing
        base_url="http://localhost",
        content=None,
        overlay=DEMO_OVERLAY,
        trusted_hosts=("localhost",),
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


@pytest.fixture
def issuing(library: Library, settings: Settings, clock: SetClock) -> Issuing:
    """Return what issues certificates as the application does."""
    return an_issuing(library, settings.secret_key, clock, base_url=settings.base_url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Return the settings of this test's site; a test may override this fixture."""
    return demo_settings(tmp_path, database_url)


@pytest.fixture
def untranslated() -> list[str]:
    """Return what the pages of this test asked a catalogue for in vain."""
    return []


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Return where templates stay compiled: doing it anew took a third of the time of a test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def remembered_routes() -> Iterator[None]:
    """Let every application of this process find its routes compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "url_rule_class", RememberedRule)
        yield


@pytest.fixture(scope="session")
def remembered_catalogues() -> Iterator[None]:
    """Let every application of this process find its catalogues read, each a copy of its own."""
    read = cache(i18n.compile_catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "compile_catalogue", lambda folder, code: copy(read(folder, code)))
        yield


@pytest.fixture
def app(
    settings: Settings,
    clock: SetClock,
    library: Library,
    untranslated: list[str],
    compiled_templates: BytecodeCache,
    remembered_routes: None,  # noqa: ARG001 - only has to be there
    remembered_catalogues: None,  # noqa: ARG001 - only has to be there
) -> Iterator[Flask]:
    """Return the application on an empty database, at the instant of `clock`."""
    app = create_app(settings, clock=clock, library=library)
    for catalogue in app.extensions["babel"].instance.domain_instance.catalogues.values():
        catalogue.add_fallback(Missing(untranslated))
    app.test_client_class = StrictClient
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def new_client(
    app: Flask, foreign: Mapping[str, Foreign], untranslated: list[str]
) -> Callable[[], StrictClient]:
    """Return a maker of browsers, each with cookies of its own."""

    def make() -> StrictClient:
        client = app.test_client()
        assert isinstance(client, StrictClient)
        client.foreign, client.untranslated = foreign, untranslated
        return client

    return make


@pytest.fixture
def client(new_client: Callable[[], StrictClient]) -> StrictClient:
    """Return a browser without any cookie."""
    return new_client()


@pytest.fixture
def arrange(app: Flask) -> Arrange:
    """Return a context in which rows are added; they are committed when it ends."""

    @contextmanager
    def arranging() -> Iterator[Session]:
        with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    return arranging


@pytest.fixture
def account(arrange: Arrange) -> Account:
    """Return the account of Noor de Wit, who can sign in with `PASSWORD`."""
    with arrange() as session:
        account = an_account(session, person=a_person(session))
        session.refresh(account)
        return account


@pytest.fixture
def sign_in() -> SignIn:
    """Return what signs an account in through the page, and where that leads."""

    def through_the_page(client: StrictClient, account: Account) -> Page:
        return SignInPage.open(client).sign_in(account.sign_in_name, PASSWORD)

    return through_the_page


@pytest.fixture
def signed_in(client: StrictClient, account: Account, sign_in: SignIn) -> StrictClient:
    """Return the browser in which Noor de Wit is signed in."""
    sign_in(client, account)
    return client
