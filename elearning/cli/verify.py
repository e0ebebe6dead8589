"""`elearning verify`: what a certificate is worth, from its file alone or by its code."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import click
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.config import Settings, read_settings
from elearning.errors import InvalidInput, SettingsInvalid
from elearning.integrations.open_badges.check import check_badge, is_badge
from elearning.integrations.pdf_attachments import attachments
from elearning.integrations.signed_statement import check_statement
from elearning.integrations.typst_pdf import STATEMENT_FILE
from elearning.learning.certificate import CertificateLanguage
from elearning.learning.certificate_statement import OfflineCheck, OfflineStanding
from elearning.learning.issuer_keys import IssuerKey, read_published
from elearning.services.verify_certificate import Standing, verify_code
from elearning.storage.engine import begin_reading, build_engine
from elearning.yaml_fields import LANGUAGES

NOT_VALID = 1
REFUSED = 2
WORDS = {
    OfflineStanding.SIGNED: "Genuine: the issuer signed this, and it has not expired.",
    OfflineStanding.EXPIRED: "Genuine: the issuer signed this, and its validity has ended.",
    OfflineStanding.KEY_COMPROMISED: "Signed with a key that somebody else may have.",
    OfflineStanding.KEY_UNKNOWN: "Signed with a key that is not in the list.",
    OfflineStanding.ALTERED: "Not genuine: this is not what the issuer signed.",
    OfflineStanding.NOT_A_CERTIFICATE: "This is no certificate of this kind.",
}
ASK_ONLINE = "A withdrawal or a replacement shows only online; look up the code there."


@click.command()
@click.argument("certificate", metavar="FILE|CODE")
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The issuer's /.well-known/certificate-keys.json. Default: those of this instance.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="nl", show_default=True)
@click.pass_context
def command(context: click.Context, certificate: str, keys: Path | None, lang: str) -> None:
    """Check a certificate: a PDF, a signed file or a badge by itself, a code in the database.

    A file needs the issuer's public keys and nothing else: no database, no network, no settings.
    Exits with 0 when it is valid, 1 when it is genuine but not valid now, 2 when it is refused.
    """
    file = Path(certificate)
    if file.is_file():
        context.exit(_check_file(file, keys, cast("CertificateLanguage", lang)))
    context.exit(_check_code(certificate, lang))


def _check_file(file: Path, keys: Path | None, lang: CertificateLanguage) -> int:
    try:
        known = _keys(keys)
    except (InvalidInput, SettingsInvalid, OSError) as error:
        click.echo(f"no public keys to check with: {error}", err=True)
        return REFUSED
    content = file.read_bytes()
    text = attachments(content).get(STATEMENT_FILE) or content.decode(errors="replace")
    today = SystemClock().today()
    if is_badge(text):
        checked = check_badge(text, keys=known, day=today)
    else:
        checked = check_statement(text, keys=known, day=today, lang=lang)
    _say(checked)
    if checked.standing is OfflineStanding.SIGNED:
        return 0
    return NOT_VALID if checked.standing is OfflineStanding.EXPIRED else REFUSED


def _keys(path: Path | None) -> tuple[IssuerKey, ...]:
    listed = path or read_settings(os.environ).keys / "keys.json"
    return read_published(listed.read_text(encoding="utf-8"))


def _say(checked: OfflineCheck) -> None:
    click.echo(WORDS[checked.standing])
    for label, value in checked.facts:
        click.echo(f"  {label:22} {value}")
    if checked.facts or checked.standing is OfflineStanding.KEY_COMPROMISED:
        click.echo(ASK_ONLINE)


def _check_code(code: str, lang: str) -> int:
    settings: Settings = read_settings(os.environ)
    engine = build_engine(settings.database_url)
    with Session(engine) as session:
        begin_reading(session)
        found = verify_code(session, text=code, secret_key=settings.secret_key, clock=SystemClock())
    engine.dispose()
    click.echo(found.standing.value)
    if found.shown is not None:
        until = found.shown.valid_until or "no end"
        click.echo(f"  {found.shown.title[lang]}, version {found.shown.version}")
        click.echo(f"  obtained on {found.shown.obtained_on}, no longer valid from {until}")
        click.echo(f"  issued by {found.shown.issuer[lang]}")
    if found.standing is Standing.UNKNOWN:
        return REFUSED
    return 0 if found.standing is Standing.VALID else NOT_VALID
