"""From the files of `modules/directory` to the directory, with every problem at its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from elearning.content.directory import Directory
from elearning.content.directory_parser import read_facts, read_resources, read_sources
from elearning.content.rule_packs import read_rule_packs
from elearning.content.sources import ContentRoot
from elearning.problem import Findings, Problem

FOLDER: Final = "modules/directory"
NAMES: Final = ("bibliography", "rule_packs", "resources", "facts")


def file_of(name: str) -> str:
    """Return the file of one kind of entries, relative to the content root."""
    return f"{FOLDER}/{name}.yaml"


def read_directory(root: ContentRoot) -> tuple[Directory, tuple[Problem, ...]]:
    """Return the directory and what is wrong in its files."""
    findings = {name: Findings(file_of(name)) for name in NAMES}
    directory = _directory({name: root.read(file_of(name)) for name in NAMES}, findings)
    return directory, tuple(problem for each in findings.values() for problem in each.found)


def _directory(texts: Mapping[str, str], findings: Mapping[str, Findings]) -> Directory:
    sources = read_sources(texts["bibliography"], findings["bibliography"])
    packs = read_rule_packs(texts["rule_packs"], findings["rule_packs"])
    return Directory(
        resources=read_resources(texts["resources"], findings["resources"], sources),
        facts=read_facts(texts["facts"], findings["facts"], sources, packs),
        sources=sources,
        packs=packs,
    )
