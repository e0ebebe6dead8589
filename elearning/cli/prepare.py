"""`elearning prepare`: everything that has to be true before serving."""

from __future__ import annotations

import os
import shutil

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from elearning.cli.erase import erasing
from elearning.cli.restore_check import report
from elearning.clock import Clock, SystemClock
from elearning.config import Settings, read_settings
from elearning.content.library import Library, load_library
from elearning.content.sources import content_root
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import KeyFolder
from elearning.services.erase_person import erase_again
from elearning.services.publish_content import known_proofs, publish_content
from elearning.services.seal import Issuing
from elearning.services.seed_demo import demo_accounts, seed_demo
from elearning.services.sign_earlier_certificates import sign_earlier_certificates
from elearning.storage import schema
from elearning.storage.engine import build_engine, leave_no_bytes, one_transaction
from elearning.web.factory import ADDRESSES

DEMO_OVERLAY = "modules/directory/institution.demo.yaml"


@click.command()
def command() -> None:
    """Migrate the database, load and publish the content; a demo is seeded once."""
    settings = read_settings(os.environ)
    _copy_demo_overlay(settings)
    engine = build_engine(settings.database_url)
    schema.migrate(engine)
    root = content_root(settings.content)
    clock = SystemClock()
    _make_first_key(KeyFolder(settings.keys), clock)
    _erase_again(settings, engine, clock)
    with one_transaction(engine) as session:
        known = known_proofs(session)
        library = load_library(root, settings.overlay, ADDRESSES, known=known)
        new = publish_content(session, library=library, clock=clock)
        issuing = _issuing(settings, library, clock)
        _sign_earlier(session, issuing)
        people = seed_demo(session, issuing=issuing) if settings.is_demo else 0
    _report(library, new, people)
    if settings.is_demo:
        _show_accounts()


def _erase_again(settings: Settings, engine: Engine, clock: Clock) -> None:
    """Let a restored backup bring nobody back who was erased since."""
    with one_transaction(engine) as session:
        found = erase_again(session, erasing=erasing(settings), clock=clock)
    if found.people or found.learners:
        click.echo(report(found))
        leave_no_bytes(engine)


def _make_first_key(keys: KeyFolder, clock: Clock) -> None:
    """Make the key that certificates are signed with, where there never was one."""
    if not keys.public_keys():
        key = keys.rotate(clock.today())
        click.echo(f"Signing key: {key.id} in {keys.path} (back it up).")


def _sign_earlier(session: Session, issuing: Issuing) -> None:
    """Sign what was issued by a version of this program that did not sign."""
    signed, impossible = sign_earlier_certificates(session, issuing=issuing)
    if signed:
        click.echo(f"Signed {signed} certificates that were issued without a signature.")
    if impossible:
        click.echo(
            f"{impossible} certificates were issued with another ELEARNING_SECRET_KEY: they cannot "
            "be shown or signed until that key is back.",
            err=True,
        )


def _issuing(settings: Settings, library: Library, clock: Clock) -> Issuing:
    seal = KeySeal(KeyFolder(settings.keys).active)
    return Issuing(library, settings.secret_key, settings.base_url, seal, clock)


def _copy_demo_overlay(settings: Settings) -> None:
    """Give a demo the example institution's overlay, unless there is one already."""
    if settings.is_demo and not settings.overlay.exists():
        settings.overlay.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content_root(settings.content).path / DEMO_OVERLAY, settings.overlay)


def _report(library: Library, new: int, people: int) -> None:
    click.echo(
        f"Content: {len(library.modules)} modules, {len(library.scenarios)} scenarios "
        f"({new} new versions), {len(library.trainings)} trainings."
    )
    if people:
        click.echo(f"Example institution: {people} people.")


def _show_accounts() -> None:
    click.echo("Example accounts:")
    for account in demo_accounts():
        click.echo(f"  {account.email:32} {account.password}   {account.role_label['en']}")
