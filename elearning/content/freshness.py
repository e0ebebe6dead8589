"""D6: services and facts that should have been looked at again, each on its own line."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from elearning.content.directory_files import file_of, read_directory
from elearning.content.sources import ContentRoot
from elearning.problem import Findings, Problem
from elearning.strict_yaml import Items, Located, load
from elearning.translation import fields_of, id_of

KINDS: Final = ("resources", "facts")


def stale_entries(root: ContentRoot, today: date, *, is_release: bool) -> Iterator[Problem]:
    """Yield what should have been reviewed before today; an error where a release is checked."""
    stale = read_directory(root)[0].stale_on(today)
    for kind in KINDS:
        findings = Findings(file_of(kind))
        report = findings.error if is_release else findings.warning
        for entry in _entries(root, kind):
            if id_of(entry) in stale:
                report("D6", entry.line, f"{id_of(entry)!r} should have been checked again by now")
        yield from findings.found


def _entries(root: ContentRoot, kind: str) -> tuple[Located, ...]:
    name = file_of(kind)
    entries = fields_of(load(root.read(name), Findings(name))).get(kind)
    return entries.items if isinstance(entries, Items) else ()
