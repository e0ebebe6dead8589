"""`elearning privacy-report`: what the program keeps, who sees it and for how long, in one file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from elearning.config import read_settings
from elearning.web.factory import create_app
from elearning.web.privacy_report.file import FileKind, report_file
from elearning.web.privacy_report.gaps import NotAnnotated
from elearning.yaml_fields import LANGUAGES


@click.command()
@click.option("--lang", type=click.Choice(LANGUAGES), default="nl", show_default=True)
@click.option(
    "--format", "kind", type=click.Choice([each.value for each in FileKind]), default="html"
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def command(lang: str, kind: str, out: Path) -> None:
    """Write the report for works council and data protection; it has no data about anyone.

    Refuses when something has no note of what it keeps, with its name.
    """
    app = create_app(read_settings(os.environ))
    try:
        content, digest = report_file(app, lang, FileKind(kind))
    except NotAnnotated as gap:
        raise click.ClickException(str(gap)) from None
    out.write_bytes(content)
    click.echo(f"{out}: written, digest {digest}")
