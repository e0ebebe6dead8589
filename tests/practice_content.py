"""A whole content folder in miniature: two conversations, a reading of each, a check, a module.

Shipped content changes; what the rules promise does not. The words say nothing on purpose.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from elearning.blocks import split
from elearning.content.library import Library, load_library
from elearning.content.markdown import Addresses
from elearning.content.sources import ContentRoot, content_root
from elearning.problem import Findings
from elearning.translation import MODULE as MODULE_FORMAT
from elearning.translation import SCENARIO, ContentFormat
from elearning.translation_draft import accepted

TEXTS = Path(__file__).parent / "practice"
ADDRESSES = Addresses(page="/onderdeel/{module}/{page}", source="/bronnen#{source}")
BASIS, ADVISER, CHECK_ONLY, PACED = "lecturer-basis", "adviser", "check-only", "paced"
TALK, OTHER_TALK, ADVISER_TALK = "gesprek", "verhaal", "advies"
QUIZ = "slot"
MODULE_ID, BOOSTER_MODULE = "begin", "opfrissen"
# What one can do in either conversation, and what comes of it.
WELL = ("ruimte", "wijzen")
WITH_A_SLIP = ("kort", "wijzen")
REPAIRED = ("geheim", "herstel", "wijzen")
UNREPAIRED = ("geheim", "verder", "wijzen")
SILENT = ("ruimte", "zwijgen")
READ_WELL = ("goed", "goed")
READ_BADLY = ("fout", "goed")
QUIZ_WELL = ("goed",)
QUIZ_BADLY = ("fout",)


def reading_of(talk: str) -> str:
    """Return the reading that counts for the same part as a conversation."""
    return f"{talk}-lezen"


def practice_library(folder: Path, *, changes: Mapping[str, str] | None = None) -> Library:
    """Write the folder, with words of the conversation replaced by others, and load it.

    Its conversations are too short to be proved fair; here they count all the same.
    """
    write_content(folder, changes or {})
    overlay = folder / "modules/directory/institution.demo.yaml"
    library = load_library(ContentRoot(folder), overlay, ADDRESSES)
    return replace(library, proofs=dict.fromkeys(library.scenarios, "taken as proved"))


def write_content(folder: Path, changes: Mapping[str, str]) -> None:
    """Write everything that a library is made of; `changes` touch the first conversation only."""
    shipped = content_root(None).path
    shutil.copytree(shipped / "modules/directory", folder / "modules/directory")
    shutil.copytree(shipped / "modules/handouts", folder / "modules/handouts")
    _without_policies(folder / "modules/directory/institution.demo.yaml")
    (folder / "scenarios").mkdir()
    shutil.copy(shipped / "scenarios/competencies.yaml", folder / "scenarios")
    shutil.copy(TEXTS / "trainings.yaml", folder / "modules")
    for module_id in (MODULE_ID, BOOSTER_MODULE):
        _write(folder, MODULE_FORMAT, module_id, "module", {})
    _write(folder, SCENARIO, QUIZ, "check", {})
    for talk in (TALK, OTHER_TALK, ADVISER_TALK):
        _write(folder, SCENARIO, talk, "conversation", changes if talk == TALK else {})
        _write(folder, SCENARIO, reading_of(talk), "reading", {})


def _without_policies(overlay: Path) -> None:
    """Take the example institution's own validity out: tests set their own."""
    lines = overlay.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [each for each in lines if not each.startswith(("policies:", "  - {training:"))]
    assert len(kept) == len(lines) - 2
    overlay.write_text("".join(kept), encoding="utf-8")


def _write(
    folder: Path, form: ContentFormat, item_id: str, template: str, changes: Mapping[str, str]
) -> None:
    """Write one item in both languages, with its translation recorded as up to date."""
    nl, en = (
        (TEXTS / f"{template}{ending}").read_text(encoding="utf-8").replace("ID-HERE", item_id)
        for ending in (".md", ".en.md")
    )
    for old, new in changes.items():
        assert old in nl + en, f"{old!r} does not stand in {item_id}"
        nl, en = nl.replace(old, new), en.replace(old, new)
    target = folder / form.folder / item_id
    target.mkdir(parents=True)
    (target / f"{form.kind}.md").write_text(nl, encoding="utf-8")
    up_to_date = accepted(en, split(nl, Findings("")), form)
    (target / f"{form.kind}.en.md").write_text(up_to_date, encoding="utf-8")
