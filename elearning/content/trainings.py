"""Reads modules/trainings.yaml: what each training asks, checked against what there is."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from elearning.content.training_plans import (
    Versions,
    read_boosters,
    read_module_id,
    read_plan,
    read_pool,
    read_ways,
)
from elearning.content.training_versions import read_majors, read_policies
from elearning.learning.training import (
    ModulePart,
    Part,
    PartGroup,
    PassLimits,
    ScenarioPart,
    Training,
)
from elearning.problem import Findings
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import LANGUAGES, Reader, read_fields


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
        read = [_part(each, findings, versions) for each in reader.records("parts")]
        parts = tuple(each.part for each in read)
        if len({part.id for part in parts}) < len(parts):
            reader.wrong("parts", "an id stands twice")
        policies = read_policies(reader)
        return Training(
            id=reader.text("id"),
            version=_version(parts, versions),
            title=reader.translated("title"),
            certificate_title=reader.translated("certificate_title"),
            goals=_goals(reader, findings),
            study_load_minutes=reader.number("study_load_minutes"),
            parts=parts,
            plan=read_plan(reader, [(each.sitting, each.part.id) for each in read]),
            boosters=read_boosters(reader, versions),
            limits=_limits(reader, findings),
            validity=policies[0].validity,
            policies=policies,
            majors=read_majors(reader, versions),
            satisfies=reader.texts("satisfies"),
            equivalent_months=frozenset(),
        )


@dataclass(frozen=True, slots=True)
class _ReadPart:
    """A part, and in which sitting it stands."""

    part: Part
    sitting: str | None


def _part(item: Located, findings: Findings, versions: Versions) -> _ReadPart:
    with read_fields(item, findings) as reader:
        part_id, group = reader.text("id"), reader.member("group", PartGroup)
        sitting = reader.optional_text("sitting")
        if reader.has("module"):
            module_id = read_module_id(reader, versions)
            return _ReadPart(ModulePart(part_id, group, module_id), sitting)
        pool = read_pool(reader, "pool", versions) or (read_ways(reader, versions),)
        title = reader.optional_translated("title")
        if (title is not None) is not (len(pool) > 1):
            reader.wrong("title", "a pool of several needs one, and nothing else has one")
        return _ReadPart(ScenarioPart(part_id, group, pool, title), sitting)


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


def _version(parts: tuple[Part, ...], versions: Versions) -> str:
    """Return a hash that changes when anything the training asks changes."""
    named = []
    for part in parts:
        if isinstance(part, ModulePart):
            named.append(f"{part.module_id}={versions.modules.get(part.module_id, '')}")
        else:
            named += [f"{each}={versions.scenarios.get(each, '')}" for each in part.any_of]
    return sha256("\n".join(named).encode()).hexdigest()
