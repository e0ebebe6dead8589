"""The competencies, skills and critical errors that every scenario shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from elearning.scenario.model import CompetencyId, ErrorId, HarmType, Severity

SkillId = NewType("SkillId", str)


class SkillLevel(StrEnum):
    """How a skill went, in words rather than numbers."""

    STRONG = "strong"
    ON_THE_WAY = "on_the_way"
    PRACTISE = "practise"


@dataclass(frozen=True, slots=True)
class Competency:
    """Something that is trained, with its name per language."""

    id: CompetencyId
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Skill:
    """A group of competencies under a plain name, with a line per level and language."""

    id: SkillId
    name: Mapping[str, str]
    competencies: tuple[CompetencyId, ...]
    lines: Mapping[SkillLevel, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class CriticalError:
    """A harmful reply, with its severity, its name per language and how it hurts."""

    id: ErrorId
    severity: Severity
    name: Mapping[str, str]
    harms: tuple[HarmType, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that stands in `scenarios/competencies.yaml`."""

    competencies: Mapping[CompetencyId, Competency]
    skills: tuple[Skill, ...]
    errors: Mapping[ErrorId, CriticalError]
