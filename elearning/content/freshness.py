"""D6: services and facts that should have been looked at again, each on its own line."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from elearning.content.directory import Directory, read_facts, read_resources, read_sources
from elearning.content.sources import ContentRoot
from elearning.problem import Findings, Problem
from elearning.strict_yaml import Items, Located, load
from elearning.translation import fields_of, id_of

DIRECTORY: Final = "modules/directory"
KINDS: Final = ("resources", "facts")


def stale_entries(root: ContentRoot, today: date, *, is_release: bool) -> Iterator[Problem]:
    """Yield what should have been reviewed before today; an error where a release is checked."""
    stale = _directory(root).stale_on(today)
    for kind in KINDS:
        findings = Findings(f"{DIRECTORY}/{kind}.yaml")
        report = findings.error if is_release else findings.warning
        for entry in _entries(root, kind):
            if id_of(entry) in stale:
                report("D6", entry.line, f"{id_of(entry)!r} should have been checked again by now")
        yield from findings.found


def _entries(root: ContentRoot, kind: str) -> tuple[Located, ...]:
    name = f"{DIRECTORY}/{kind}.yaml"
    entries = fields_of(load(root.read(name), Findings(name))).get(kind)
    return entries.items if isinstance(entries, Items) else ()


def _directory(root: ContentRoot) -> Directory:
    """Return the directory; what is wrong in it is reported where everything is read."""
    texts = {name: root.read(f"{DIRECTORY}/{name}.yaml") for name in ("bibliography", *KINDS)}
    sources = read_sources(texts["bibliography"], Findings(""))
    return Directory(
        resources=read_resources(texts["resources"], Findings(""), sources),
        facts=read_facts(texts["facts"], Findings(""), sources),
        sources=sources,
    )
