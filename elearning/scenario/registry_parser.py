"""Reads the shared competencies, skills and critical errors."""

from elearning.problem import Findings, Problem
from elearning.scenario.model import CompetencyId, ErrorId, HarmType, Severity
from elearning.scenario.registry import (
    Competency,
    CriticalError,
    Registry,
    Skill,
    SkillId,
    SkillLevel,
)
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import Reader, read_fields

SCHEMA = 1


def parse_registry(text: str, file: str) -> tuple[Registry, tuple[Problem, ...]]:
    """Return the registry and every problem; with a problem, what could be read comes back."""
    findings = Findings(file)
    with read_fields(load(text, findings), findings) as reader:
        if reader.number("schema") != SCHEMA:
            reader.wrong("schema", f"needs {SCHEMA}")
        competencies = [_competency(each, findings) for each in reader.records("competencies")]
        skills = [_skill(each, findings) for each in reader.records("skills")]
        errors = [_error(each, findings) for each in reader.records("critical_errors")]
        _report_twice(reader, "competencies", [each.id for each in competencies])
        _report_twice(reader, "skills", [each.id for each in skills])
        _report_twice(reader, "critical_errors", [each.id for each in errors])
        _report_twice(reader, "skills", [name for each in skills for name in each.competencies])
    registry = Registry(
        competencies={each.id: each for each in competencies},
        skills=tuple(skills),
        errors={each.id: each for each in errors},
    )
    return registry, tuple(sorted({*findings.found, *_unknown(registry, file)}))


def _competency(record: Located, findings: Findings) -> Competency:
    with read_fields(record, findings) as reader:
        return Competency(CompetencyId(reader.text("id")), reader.translated("name"))


def _skill(record: Located, findings: Findings) -> Skill:
    with read_fields(record, findings) as reader:
        return Skill(
            id=SkillId(reader.text("id")),
            name=reader.translated("name"),
            competencies=tuple(CompetencyId(name) for name in reader.texts("competencies")),
            lines=_lines(reader),
        )


def _lines(skill: Reader) -> dict[SkillLevel, dict[str, str]]:
    with read_fields(skill.located("lines"), skill.findings) as reader:
        return {level: reader.translated(level) for level in SkillLevel}


def _error(record: Located, findings: Findings) -> CriticalError:
    with read_fields(record, findings) as reader:
        return CriticalError(
            id=ErrorId(reader.text("id")),
            severity=reader.member("severity", Severity),
            name=reader.translated("name"),
            harms=reader.members("harm", HarmType),
        )


def _report_twice(reader: Reader, key: str, names: list[str]) -> None:
    """Report a name that stands twice; a competency belongs to one skill only."""
    for name in sorted({each for each in names if names.count(each) > 1}):
        reader.findings.error("F5", reader.line_of(key), f"{key}: {name!r} stands twice")


def _unknown(registry: Registry, file: str) -> list[Problem]:
    return [
        Problem(file, 1, "N1", f"skill {skill.id!r} names an unknown competency {name!r}")
        for skill in registry.skills
        for name in skill.competencies
        if name not in registry.competencies
    ]
