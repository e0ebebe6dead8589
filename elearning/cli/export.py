"""`elearning export`: one scenario in the format of another program, and what that cannot hold."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from elearning.content.library import COMPETENCIES, SCENARIO_FILE, load_library
from elearning.content.markdown import Addresses
from elearning.content.placeholders import Places
from elearning.content.sources import ContentRoot, content_root
from elearning.errors import ContentInvalid
from elearning.exchange.exporting import Exported, Format, all_words, export_h5p, export_twee
from elearning.exchange.remarks import Effect, ExchangeRefused, refused
from elearning.exchange.save import save_file
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.registry_parser import parse_registry
from elearning.yaml_fields import LANGUAGES

LOSSES: Final = 1
REFUSED: Final = 2
EXAMPLE_OVERLAY: Final = "modules/directory/institution.demo.yaml"


@click.command("export")
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=click.Choice([each.value for each in Format]), required=True)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: the language of the source.")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path))
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
@click.option("--overlay", envvar="ELEARNING_OVERLAY", type=click.Path(exists=True, path_type=Path))
@click.pass_context
def command(
    context: click.Context,
    name: str,
    form: str,
    lang: str | None,
    target: Path,
    content: Path | None,
    overlay: Path | None,
) -> None:
    """Write scenario ID to a new file, as Twee 3 or as an H5P Branching Scenario.

    Exits with 0 when all of it is in the file, 1 when something is lost, 2 when it was refused.
    """
    root = content_root(content)
    try:
        exported = _exported(root, name, Format(form), lang, overlay)
        save_file(target, exported.data)
    except (ExchangeRefused, ContentInvalid, OSError) as error:
        click.echo(str(error), err=True)
        context.exit(REFUSED)
    for remark in exported.remarks:
        click.echo(str(remark))
    click.echo(f"{target}: written")
    has_losses = any(each.effect is Effect.LOST for each in exported.remarks)
    context.exit(LOSSES if has_losses else 0)


def _exported(
    root: ContentRoot, name: str, form: Format, lang: str | None, overlay: Path | None
) -> Exported:
    files = root.folders("scenarios", SCENARIO_FILE).get(name)
    if files is None:
        raise refused(name, f"there is no such scenario in {root.path}")
    parsed = _parsed(root, files)
    shown = lang or parsed.scenario.source_lang
    if form is Format.TWEE:
        return export_twee(parsed, files, shown)
    return export_h5p(parsed, shown, _filler(root, overlay, parsed, shown))


def _parsed(root: ContentRoot, files: Mapping[str, str]) -> Parsed:
    registry, _ = parse_registry(root.read(COMPETENCIES), COMPETENCIES)
    outcome = parse_scenario(files, registry)
    if outcome.parsed is None:
        raise ExchangeRefused(
            f"{each.file}:{each.line}: {each.code} {each.message}" for each in outcome.problems
        )
    return outcome.parsed


def _filler(
    root: ContentRoot, overlay: Path | None, parsed: Parsed, lang: str
) -> Callable[[str], str]:
    """Return what fills placeholders; the directory is read only where there is one to fill."""
    if lang not in parsed.texts or not any("{{" in each for each in all_words(parsed.texts[lang])):
        return str
    library = load_library(root, overlay or root.path / EXAMPLE_OVERLAY, Addresses("", ""))
    places = Places(library.directory, library.institution)
    return lambda text: places.fill_text(text, lang)
