"""`elearning translate`: what a translation lacks, its empty blocks, and its acceptance."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from elearning.blocks import Document, split
from elearning.content.sources import content_root
from elearning.problem import Findings
from elearning.strict_yaml import Scalar
from elearning.translation import (
    MODULE,
    SCENARIO,
    BlockState,
    ContentFormat,
    Gap,
    compare,
    fields_of,
    loaded,
)
from elearning.translation_draft import accepted, blank_translation, with_empty_blocks
from elearning.yaml_fields import LANGUAGES

REFUSED: Final = 1


@click.command("translate")
@click.argument("name", metavar="ID")
@click.argument("lang", type=click.Choice(LANGUAGES))
@click.option("--accept", is_flag=True, help="Record that you have read it and it is up to date.")
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
@click.pass_context
def command(
    context: click.Context, name: str, lang: str, *, accept: bool, content: Path | None
) -> None:
    """Show what the LANG translation of scenario or module ID lacks, and write empty blocks.

    Exits with 1 when nothing could be accepted.
    """
    form, folder = _find(content_root(content).path, name)
    source = _read(folder / f"{form.kind}.md")
    if _language(source) == lang:
        raise click.UsageError(f"{name} is written in {lang!r}, so that is not a translation")
    target = folder / f"{form.kind}.{lang}.md"
    if accept:
        context.exit(0 if _accept(target, source, form) else REFUSED)
    _complete(target, source, form, lang)


def _find(root: Path, name: str) -> tuple[ContentFormat, Path]:
    for form in (SCENARIO, MODULE):
        for source in (root / form.folder).glob(f"*/{form.kind}.md"):
            if source.parent.name == name:
                return form, source.parent
    raise click.UsageError(f"there is no scenario or module {name!r} in {root}")


def _read(path: Path) -> Document:
    """Return the parts of a file; one that is not well formed is left to `elearning check`."""
    findings = Findings(str(path))
    document = split(path.read_text(encoding="utf-8"), findings)
    if findings.found:
        found = "\n".join(f"{each.file}:{each.line}: {each.message}" for each in findings.found)
        raise click.ClickException(f"first put this right:\n{found}")
    return document


def _language(source: Document) -> str | None:
    lang = fields_of(loaded(source.front_matter)).get("lang")
    return lang.text if isinstance(lang, Scalar) else None


def _accept(target: Path, source: Document, form: ContentFormat) -> bool:
    """Record the present fingerprints, unless words are missing; say whether it was done."""
    if not target.exists():
        click.echo(f"{target} does not exist yet", err=True)
        return False
    states = compare(source, _read(target), form)
    lacking = [each for each in states if each.gap in {Gap.MISSING, Gap.INCOMPLETE}]
    if lacking:
        _show(target, lacking)
        click.echo("nothing was accepted: these words are missing", err=True)
        return False
    _write(target, accepted(target.read_text(encoding="utf-8"), source, form))
    click.echo(f"{target}: all {len(states)} parts are recorded as up to date")
    return True


def _complete(target: Path, source: Document, form: ContentFormat, lang: str) -> None:
    """Show what is missing or stale, and write empty blocks for what is missing."""
    if not target.exists():
        _write(target, blank_translation(source, lang, form))
        click.echo(f"{target} was written: fill in the words")
        return
    states = compare(source, _read(target), form)
    _show(target, states)
    if any(each.gap in {Gap.MISSING, Gap.INCOMPLETE} for each in states):
        text = target.read_text(encoding="utf-8")
        _write(target, with_empty_blocks(text, source, form))
        click.echo(f"what was missing stands empty in {target.name} now: fill in the words")
    elif all(each.gap is None for each in states):
        click.echo(f"{target} is up to date")
    else:
        name = target.parent.name
        click.echo(f"when you have read them: `elearning translate {name} {lang} --accept`")


def _show(target: Path, states: Iterable[BlockState]) -> None:
    for state in states:
        if state.gap is not None:
            lacking = f" ({', '.join(state.empty)})" if state.gap is Gap.INCOMPLETE else ""
            click.echo(f"{target}:{state.line}: {state.name} is {state.gap}{lacking}")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
