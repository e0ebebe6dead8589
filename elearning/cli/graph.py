"""`elearning graph`: a scenario as a drawing."""

from __future__ import annotations

from pathlib import Path

import click

from elearning.cli.content.scenario import language_of, read_scenario
from elearning.integrations.graph_svg import graph_svg
from elearning.yaml_fields import LANGUAGES


@click.command("graph")
@click.argument("name", metavar="ID")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: that of the source.")
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
def command(name: str, lang: str | None, content: Path | None) -> None:
    """Print scenario ID as an SVG drawing: `elearning graph ID > file.svg`.

    Exits with 2 when it cannot be read.
    """
    parsed = read_scenario(name, content)
    click.echo(graph_svg(parsed, language_of(parsed, lang)), nl=False)
