"""Reads what a training names: scenarios and pools of them, its sittings, and its boosters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from elearning.learning.training import Booster, Plan, Sitting, Ways
from elearning.scenario.ids import ScenarioId
from elearning.strict_yaml import Located
from elearning.yaml_fields import Reader, read_fields


@dataclass(frozen=True, slots=True)
class Versions:
    """The content hashes of everything a training may name, and what counts for nothing.

    `examined` are the modules with a question on a page that everybody reads.
    """

    modules: Mapping[str, str]
    scenarios: Mapping[str, str]
    practice_only: AbstractSet[str]
    examined: AbstractSet[str]


def read_module_id(reader: Reader, versions: Versions) -> str:
    """Return the module that is named."""
    module_id = reader.text("module")
    if module_id not in versions.modules:
        reader.wrong("module", f"there is no module {module_id!r}")
    return module_id


def read_pool(reader: Reader, key: str, versions: Versions) -> tuple[Ways, ...]:
    """Return a list of scenarios with their ways; empty where the key is missing."""
    pool = []
    for item in reader.records(key):
        with read_fields(item, reader.findings) as entry:
            pool.append(read_ways(entry, versions))
    if len({len(ways) for ways in pool}) > 1:
        reader.wrong(key, "every entry has the same ways, in the same order")
    if len({each for ways in pool for each in ways}) < sum(map(len, pool)):
        reader.wrong(key, "a scenario stands twice")
    return tuple(pool)


def read_ways(reader: Reader, versions: Versions) -> Ways:
    """Return the scenarios of which one is enough."""
    ways = tuple(ScenarioId(each) for each in reader.texts("any_of"))
    if not ways:
        reader.wrong("any_of", "needs a module or at least one scenario")
    for unknown in [each for each in ways if each not in versions.scenarios]:
        reader.wrong("any_of", f"there is no scenario {unknown!r}")
    for uncounted in [each for each in ways if each in versions.practice_only]:
        message = "is practice only: a draft, without competencies, or not proved"
        reader.wrong("any_of", f"{uncounted!r} {message}")
    return ways


def read_plan(reader: Reader, parts: Iterable[tuple[str | None, str]]) -> Plan | None:
    """Return the sittings, in the order in which their parts stand; None without `sittings`.

    `parts` are pairs of a sitting and the id of a part. Parts of a sitting stand together.
    """
    parts = tuple(parts)
    located = reader.located("sittings")
    if located is None:
        if any(sitting is not None for sitting, _ in parts):
            reader.wrong("sittings", "is missing, and a part names one")
        return None
    with read_fields(located, reader.findings) as fields:
        days_apart = fields.number("days_apart")
    names = [sitting for sitting, _ in parts if sitting is not None]
    if len(names) < len(parts):
        reader.wrong("parts", "every part names its sitting")
    if names != sorted(names, key=names.index):
        reader.wrong("parts", "parts of one sitting stand together")
    sittings = tuple(
        Sitting(name, tuple(part_id for sitting, part_id in parts if sitting == name))
        for name in dict.fromkeys(names)
    )
    return Plan(days_apart, sittings)


def read_boosters(reader: Reader, versions: Versions) -> tuple[Booster, ...]:
    """Return what is offered after an award, each a number of months later than the one before."""
    boosters = tuple(_booster(item, reader, versions) for item in reader.records("boosters"))
    months = [each.months for each in boosters]
    if months != sorted(set(months)):
        reader.wrong("boosters", "stand in the order of their months, each month once")
    return boosters


def _booster(item: Located, reader: Reader, versions: Versions) -> Booster:
    with read_fields(item, reader.findings) as fields:
        return Booster(
            months=fields.number("months"),
            module_id=read_module_id(fields, versions),
            practise=read_pool(fields, "practise", versions),
            tells_changes=fields.boolean("tells_changes", default=False),
        )
