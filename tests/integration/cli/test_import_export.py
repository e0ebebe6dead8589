"""`elearning import` and `elearning export`: whole or not at all, and never over something else."""

import json
import shutil
import stat
import time
from pathlib import Path
from zipfile import ZipFile

import pytest

from elearning.content.sources import content_root
from elearning.scenario.drafts import NOTE
from tests.integration.cli.command_line import change, run
from tests.unit.exchange.packages import a_content, a_manifest, a_package, a_text, zipped

FOREIGN = ":: Start\nEen kamer.\n[[Weg->Buiten]]\n\n:: Buiten\nBuiten.\n"


def files_in(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text(encoding="utf-8") for each in sorted(folder.iterdir())}


def everything_under(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_a_scenario_goes_out_to_twee_and_comes_back_to_the_byte(
    content: Path, scenario: Path
) -> None:
    out, copy = content / "verhaal.twee", content / "terug" / "s00-spreekuur"
    copy.parent.mkdir()
    result = run("export", "s00-spreekuur", "--format", "twee", "--to", out, "--content", content)
    assert (result.exit_code, result.output) == (0, f"{out}: written\n")
    shutil.copy(content / "scenarios" / "competencies.yaml", copy.parent)
    result = run("import", out, "--to", copy)
    assert result.exit_code == 0, result.output
    assert "a finished scenario of ours, which learners will see" in result.output
    assert files_in(copy) == files_in(scenario)


def test_a_foreign_story_comes_in_as_a_draft_that_check_accepts(content: Path) -> None:
    file, target = content / "kamer.twee", content / "scenarios" / "kamer"
    file.write_text(f"{FOREIGN}\n[[Nergens]]\n", encoding="utf-8")
    result = run("import", file, "--to", target)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "kamer.twee:5: lost: link 'Nergens': no passage 'Nergens'",
        "kamer.twee:5: changed: it leads nowhere, so it is an ending; noted as `ok`",
        f"{target}/scenario.md:1: L1 warning there is no `scenario.en.md`",
        f"{target}/scenario.md:5: X1 warning {NOTE}",
        f"{target}: drafted; `elearning check {target}` says what it still needs",
    ]
    assert run("check", target).exit_code == 0


def test_without_losses_it_exits_with_zero(content: Path) -> None:
    file = content / "kamer.twee"
    file.write_text(FOREIGN, encoding="utf-8")
    result = run("import", file, "--to", content / "scenarios" / "kamer", "--lang", "en")
    assert result.exit_code == 0
    assert "\nlang: en\n" in files_in(content / "scenarios" / "kamer")["scenario.md"]


def test_an_h5p_package_goes_out_and_comes_back(content: Path, scenario: Path) -> None:
    change(scenario / "scenario.md", " Bel {{resource.csg.name}} als je wilt.", "")
    change(scenario / "scenario.en.md", " Call {{resource.csg.name}} if you like.", "")
    out, target = content / "verhaal.h5p", content / "scenarios" / "terug"
    result = run("export", "s00-spreekuur", "--format", "h5p", "--to", out, "--content", content)
    assert result.exit_code == 1
    assert "H5P cannot hold them" in result.output
    with ZipFile(out) as archive:
        assert archive.namelist() == ["h5p.json", "content/content.json"]
    assert run("import", out, "--to", target).exit_code == 0
    assert "## schrikt" in files_in(target)["scenario.md"]


def test_placeholders_of_a_package_are_filled_from_the_directory(tmp_path: Path) -> None:
    out = tmp_path / "routecheck.h5p"
    result = run("export", "routecheck", "--format", "h5p", "--lang", "en", "--to", out)
    assert result.exit_code == 1, result.output
    with ZipFile(out) as archive:
        words = archive.read("content/content.json").decode()
        assert json.loads(archive.read("h5p.json"))["language"] == "en"
    assert "{{" not in words
    assert "112" in words


def hostile() -> dict[str, bytes]:
    """Return files that must be refused, by name."""
    manifest = json.dumps(a_manifest())
    sound: dict[str, bytes | str] = {
        "h5p.json": manifest,
        "content/content.json": json.dumps(a_content(a_text("a"))),
    }
    return {
        "bom.h5p": zipped({**sound, "bom": bytes(30_000_000)}),
        "uit.h5p": zipped({**sound, "../uit.txt": b"x"}),
        "wortel.h5p": zipped({**sound, "/tmp/uit.txt": b"x"}),  # noqa: S108 - a name that is refused
        "half.h5p": zipped(sound)[:-9],
        "diep.h5p": zipped({**sound, "content/content.json": "[" * 9_000}),
        "fout.h5p": a_package(a_content(a_text("a", "-1"))),
        "leeg.twee": b"",
        "lang.twee": b"x" * 10_000_000,
        "utf16.twee": FOREIGN.encode("utf-16"),
    }


@pytest.mark.parametrize("name", hostile())
def test_what_is_hostile_or_wrong_is_refused_at_once_and_nothing_is_written(
    content: Path, name: str
) -> None:
    file = content / name
    file.write_bytes(hostile()[name])
    before = everything_under(content)
    began = time.process_time()
    result = run("import", file, "--to", content / "scenarios" / "nieuw")
    assert time.process_time() - began < 2
    assert (result.exit_code, result.stdout) == (2, "")
    assert "refused" in result.stderr
    assert everything_under(content) == before


def test_a_file_beyond_the_limit_is_not_even_read(content: Path) -> None:
    file = content / "groot.h5p"
    with file.open("wb") as opened:
        opened.truncate(200_000_000)
    began = time.process_time()
    result = run("import", file, "--to", content / "scenarios" / "nieuw")
    assert (result.exit_code, time.process_time() - began < 1) == (2, True)
    assert "larger than" in result.stderr


@pytest.mark.parametrize("target", ["scenarios/s00-spreekuur", "scenarios/Nieuw!", "nergens/nieuw"])
def test_a_target_that_is_there_or_cannot_be_is_refused(content: Path, target: str) -> None:
    file = content / "kamer.twee"
    file.write_text(FOREIGN, encoding="utf-8")
    before = {each: each.read_bytes() for each in everything_under(content) if each.is_file()}
    result = run("import", file, "--to", content / target)
    assert (result.exit_code, result.stdout) == (2, "")
    after = {each: each.read_bytes() for each in everything_under(content) if each.is_file()}
    assert after == before


def test_when_writing_fails_halfway_nothing_stays_behind(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_self: Path, _target: Path) -> None:
        raise OSError("the disk is full")

    file = content / "kamer.twee"
    file.write_text(FOREIGN, encoding="utf-8")
    before = everything_under(content)
    monkeypatch.setattr(Path, "rename", fails)
    result = run("import", file, "--to", content / "scenarios" / "nieuw")
    assert result.exit_code == 2
    assert "the disk is full" in result.stderr
    assert everything_under(content) == before


def test_an_export_never_replaces_a_file(content: Path) -> None:
    out = content / "er-al.twee"
    out.write_text("van een ander", encoding="utf-8")
    result = run("export", "s00-spreekuur", "--format", "twee", "--to", out, "--content", content)
    assert result.exit_code == 2
    assert out.read_text(encoding="utf-8") == "van een ander"


def test_a_draft_can_be_read_by_whoever_reads_the_rest(content: Path) -> None:
    file, target = content / "kamer.twee", content / "scenarios" / "kamer"
    file.write_text(FOREIGN, encoding="utf-8")
    run("import", file, "--to", target)
    beside = content / "scenarios" / "s00-spreekuur"
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(beside.stat().st_mode)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["s99-nergens", "--format", "twee"], "there is no such scenario"),
        (["s00-spreekuur", "--format", "docx"], "'docx' is not one of"),
        (["s00-spreekuur", "--format", "h5p"], "modules"),
    ],
)
def test_an_export_that_cannot_be_made_exits_with_two(
    content: Path, arguments: list[str], reason: str
) -> None:
    out = content / "uit"
    result = run("export", *arguments, "--to", out, "--content", content)
    assert result.exit_code == 2
    assert reason in result.output
    assert not out.exists()


def test_a_scenario_with_an_error_is_not_exported(content: Path, scenario: Path) -> None:
    change(scenario / "scenario.md", "to: schrikt", "to: schrok")
    out = content / "uit.twee"
    result = run("export", "s00-spreekuur", "--format", "twee", "--to", out, "--content", content)
    assert result.exit_code == 2
    assert "node 'schrok' is not known here" in result.stderr


def test_every_scenario_that_we_ship_comes_back_from_a_file_to_the_byte(tmp_path: Path) -> None:
    shipped = content_root(None).path / "scenarios"
    shutil.copy(shipped / "competencies.yaml", tmp_path)
    for folder in (each for each in shipped.iterdir() if each.is_dir()):
        out = tmp_path / f"{folder.name}.twee"
        assert run("export", folder.name, "--format", "twee", "--to", out).exit_code == 0
        assert run("import", out, "--to", tmp_path / folder.name).exit_code == 0
        assert files_in(tmp_path / folder.name) == files_in(folder)
