"""`elearning new`: the beginning of something to write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import click

from elearning.cli.content.beginnings import first_files
from elearning.cli.content.selection import MARKER, select
from elearning.exchange.remarks import ExchangeRefused
from elearning.exchange.save import save_folder
from elearning.scenario.model import Kind
from elearning.scenario.registry import Registry
from elearning.scenario.registry_parser import parse_registry
from elearning.translation import MODULE, SCENARIO

REFUSED: Final = 2
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@click.group("new")
def command() -> None:
    """Begin something new."""


@command.command("scenario")
@click.argument("name", metavar="ID")
@click.option(
    "--kind",
    type=click.Choice([each.value for each in Kind]),
    default="conversation",
    show_default=True,
)
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
@click.pass_context
def scenario(context: click.Context, name: str, kind: str, content: Path | None) -> None:
    """Write a small scenario in both languages as a draft, with comments that explain it.

    Exits with 2 when ID cannot be used; then nothing was written.
    """
    root = select((), content).root
    try:
        target = _free_folder(root.path, name)
        registry = _registry(root.read(MARKER.as_posix()))
        save_folder(target, first_files(name, Kind(kind), registry))
    except (ExchangeRefused, OSError) as error:
        click.echo(str(error), err=True)
        context.exit(REFUSED)
    click.echo(f"{target} was written; `elearning check {target}` says what it still needs")
    click.echo(
        f"`elearning play {name}` plays it, `elearning prove {name}` tells what its plays do"
    )


def _free_folder(root: Path, name: str) -> Path:
    """Return where the scenario will stand; ids are shared with modules, as `translate` shows."""
    if not _SLUG.fullmatch(name):
        raise click.UsageError(f"{name!r} cannot be an id: use a-z, 0-9 and -")
    for form in (SCENARIO, MODULE):
        if (root / form.folder / name).exists():
            raise click.UsageError(f"there is a {form.kind} {name!r} already")
    return root / SCENARIO.folder / name


def _registry(text: str) -> Registry:
    """Return the shared names; without a competency and an error there is nothing to write."""
    registry, _ = parse_registry(text, str(MARKER))
    if not registry.competencies or not registry.errors:
        raise click.UsageError(f"{MARKER} names no competency or no critical error")
    return registry
