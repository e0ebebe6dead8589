"""What an institution says about figures: safe where it says nothing, and never below five."""

from __future__ import annotations

from elearning.content.report_policy import ReportPolicy, read_report_policy
from elearning.problem import Findings
from elearning.strict_yaml import load
from elearning.yaml_fields import read_fields


def read(text: str) -> tuple[ReportPolicy, Findings]:
    findings = Findings("institution.yaml")
    with read_fields(load(text, findings), findings) as reader:
        return read_report_policy(reader), findings


def test_nothing_is_public_and_ten_is_the_least_where_nothing_is_said() -> None:
    policy, findings = read("{}")
    assert policy == ReportPolicy(10, None, may_be_indexed=False, names_for_managers=False)
    assert findings.found == []


def test_everything_can_be_said() -> None:
    policy, findings = read(
        "reports: {smallest_group: 8, public_figure: basis, public_figure_indexed: true, "
        "names_for_managers: true}"
    )
    assert policy == ReportPolicy(8, "basis", may_be_indexed=True, names_for_managers=True)
    assert findings.found == []


def test_fewer_than_five_is_refused_and_not_followed() -> None:
    policy, findings = read("reports: {smallest_group: 4}")
    assert policy.smallest_group == 5
    assert [each.code for each in findings.found] == ["Y5"]
