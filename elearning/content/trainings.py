"""Reads modules/trainings.yaml: what each training asks, checked against what there is."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256

from elearning.learning.training import (
    ModulePart,
    Part,
    PartGroup,
    PassLimits,
    ScenarioPart,
    Training,
    Validity,
    Ways,
)
from elearning.problem import Findings
from elearning.scenario.ids import ScenarioId
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import LANGUAGES, Reader, read_fields


@dataclass(frozen=True, slots=True)
class Versions:
    """The content hashes of everything a training may name, and what counts for nothing."""

    modules: Mapping[str, str]
    scenarios: Mapping[str, str]
    practice_only: AbstractSet[str]


def read_trainings(text: str, findings: Findings, versions: Versions) -> dict[str, Training]:
    """Read all trainings; the version of each hashes it and all content it names."""
    with read_fields(load(text, findings), findings) as reader:
        if reader.number("schema") != 1:
            reader.wrong("schema", "this program reads schema 1")
        read = [_training(item, findings, versions) for item in reader.records("trainings")]
    trainings = {training.id: training for training in read}
    for training in read:
        for other in [each for each in training.satisfies if each not in trainings]:
            findings.error("T2", 1, f"{training.id}: satisfies an unknown training {other!r}")
    return trainings


def _training(item: Located, findings: Findings, versions: Versions) -> Training:
    with read_fields(item, findings) as reader:
        parts = tuple(_part(each, findings, versions) for each in reader.records("parts"))
        if len({part.id for part in parts}) < len(parts):
            reader.wrong("parts", "an id stands twice")
        return Training(
            id=reader.text("id"),
            version=_version(parts, versions),
            title=reader.translated("title"),
            certificate_title=reader.translated("certificate_title"),
            goals=_goals(reader, findings),
            study_load_minutes=reader.number("study_load_minutes"),
            parts=parts,
            limits=_limits(reader, findings),
            validity=_validity(reader, findings),
            satisfies=reader.texts("satisfies"),
        )


def _part(item: Located, findings: Findings, versions: Versions) -> Part:
    with read_fields(item, findings) as reader:
        part_id, group = reader.text("id"), reader.member("group", PartGroup)
        if reader.has("module"):
            module_id = reader.text("module")
            if module_id not in versions.modules:
                reader.wrong("module", f"there is no module {module_id!r}")
            return ModulePart(part_id, group, module_id)
        return ScenarioPart(part_id, group, _pool(reader, findings, versions))


def _pool(reader: Reader, findings: Findings, versions: Versions) -> tuple[Ways, ...]:
    """Return the scenarios of a part: one with its ways, or a pool of them."""
    if not reader.has("pool"):
        return (_ways(reader, versions),)
    pool = []
    for item in reader.records("pool"):
        with read_fields(item, findings) as entry:
            pool.append(_ways(entry, versions))
    if len({len(ways) for ways in pool}) > 1:
        reader.wrong("pool", "every entry has the same ways, in the same order")
    if len({each for ways in pool for each in ways}) < sum(map(len, pool)):
        reader.wrong("pool", "a scenario stands twice")
    return tuple(pool)


def _ways(reader: Reader, versions: Versions) -> Ways:
    ways = tuple(ScenarioId(each) for each in reader.texts("any_of"))
    if not ways:
        reader.wrong("any_of", "needs a module or at least one scenario")
    for unknown in [each for each in ways if each not in versions.scenarios]:
        reader.wrong("any_of", f"there is no scenario {unknown!r}")
    for uncounted in [each for each in ways if each in versions.practice_only]:
        message = "is practice only: a draft, without competencies, or not proved"
        reader.wrong("any_of", f"{uncounted!r} {message}")
    return ways


def _goals(reader: Reader, findings: Findings) -> dict[str, tuple[str, ...]]:
    with read_fields(reader.located("goals"), findings) as goals:
        return {lang: goals.texts(lang) for lang in LANGUAGES}


def _limits(reader: Reader, findings: Findings) -> PassLimits:
    with read_fields(reader.located("limits"), findings) as limits:
        return PassLimits(
            open_a_at_most=limits.number("open_a"),
            open_b_at_most=limits.number("open_b"),
            repaired_a_at_most=limits.number("repaired_a"),
        )


def _validity(reader: Reader, findings: Findings) -> Validity:
    with read_fields(reader.located("validity"), findings) as validity:
        return Validity(
            months=validity.optional_number("months"),
            renewal_window_days=validity.number("renewal_window_days"),
            grace_days=validity.number("grace_days"),
            due_days=validity.number("due_days"),
        )


def _version(parts: tuple[Part, ...], versions: Versions) -> str:
    """Return a hash that changes when anything the training asks changes."""
    named = []
    for part in parts:
        if isinstance(part, ModulePart):
            named.append(f"{part.module_id}={versions.modules.get(part.module_id, '')}")
        else:
            named += [f"{each}={versions.scenarios.get(each, '')}" for each in part.any_of]
    return sha256("\n".join(named).encode()).hexdigest()
