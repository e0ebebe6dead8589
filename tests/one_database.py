"""Which tests run on one of both databases in the suite, half of them on each.

The tests of pages: the web layer has no SQL of its own (tests/architecture/test_layers.py), and the
services that it calls are tested on both in tests/integration. And long tests marked
`either_database`, whose parts have tests of their own on both. `make slow` runs all of them on the
other database as well; a test of a page marked `both_databases` always runs on both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import pytest

KIND = "database_kind"
PAGES = Path(__file__).parent / "web"


def leave_to_one_database(items: Iterable[pytest.Item]) -> None:
    """Mark the half that `make slow` runs; which it is, the name of a test decides for good."""
    twins = defaultdict[str, dict[str, pytest.Item]](dict)
    for item in items:
        if isinstance(item, pytest.Function) and _is_sampled(item):
            kind = _kind_of(item)
            if kind is not None:
                twins[_name_without(kind, item)][kind] = item
    for name, by_kind in twins.items():
        if len(by_kind) > 1:
            by_kind[spared(name, by_kind)].add_marker(pytest.mark.slow)


def spared(name: str, kinds: Iterable[str]) -> str:
    """Return the database that a test does not run on in the suite."""
    return sorted(kinds)[crc32(name.encode()) % 2]


def _is_sampled(item: pytest.Function) -> bool:
    if PAGES in item.path.parents:
        return item.get_closest_marker("both_databases") is None
    return item.get_closest_marker("either_database") is not None


def _kind_of(item: pytest.Function) -> str | None:
    callspec = getattr(item, "callspec", None)
    return None if callspec is None else callspec.params.get(KIND)


def _name_without(kind: str, item: pytest.Function) -> str:
    function, _, parameters = item.nodeid.partition("[")
    return f"{function}[{parameters.replace(kind, '', 1)}"
