"""The files that `elearning new` begins with: small, whole, in both languages, and explained."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from elearning.blocks import split
from elearning.problem import Findings
from elearning.scenario.model import Kind
from elearning.scenario.registry import Registry
from elearning.translation import SCENARIO
from elearning.translation_draft import accepted
from elearning.yaml_fields import LANGUAGES

_FOLDER: Final = files("elearning.cli.content") / "new"


def first_files(scenario_id: str, kind: Kind, registry: Registry) -> dict[str, str]:
    """Return the files of a new scenario by name; its translation is up to date.

    It uses the first competency and critical error that the registry names.
    """
    names = {
        "ID-HERE": scenario_id,
        "COMPETENCY-HERE": next(iter(registry.competencies)),
        "ERROR-HERE": next(iter(registry.errors)),
    }
    _source_lang, *others = LANGUAGES
    source = _filled(f"{kind}.md", names)
    found = {"scenario.md": source}
    for lang in others:
        text = _filled(f"{kind}.{lang}.md", names)
        found[f"scenario.{lang}.md"] = accepted(text, split(source, Findings("")), SCENARIO)
    return found


def _filled(name: str, names: Mapping[str, str]) -> str:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    for mark, value in names.items():
        text = text.replace(mark, value)
    return text
