"""What a version stands for: the words, and every rule that decides a play."""

from dataclasses import replace

from elearning.scenario.model import ErrorId, Severity
from elearning.scenario.parse import parse_scenario
from elearning.scenario.registry_parser import parse_registry
from tests.shipped_content import ROOT

COMPETENCIES = "scenarios/competencies.yaml"
SCENARIO = "s01-gisteravond"


def version_with_severity_of_ce9(severity: Severity) -> str:
    registry, _ = parse_registry((ROOT / COMPETENCIES).read_text(encoding="utf-8"), COMPETENCIES)
    error = registry.errors[ErrorId("CE9")]
    errors = {**registry.errors, error.id: replace(error, severity=severity)}
    folder = ROOT / "scenarios" / SCENARIO
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    parsed = parse_scenario(files, replace(registry, errors=errors)).parsed
    assert parsed is not None
    return parsed.scenario.version


def test_another_severity_of_an_error_is_another_version() -> None:
    assert version_with_severity_of_ce9(Severity.A) != version_with_severity_of_ce9(Severity.B)


def test_the_same_rules_are_the_same_version() -> None:
    assert version_with_severity_of_ce9(Severity.B) == version_with_severity_of_ce9(Severity.B)
