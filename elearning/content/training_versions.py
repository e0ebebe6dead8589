"""Reads how a training changes over time: its validity, and major versions of its content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from elearning.content.training_plans import Versions, read_module_id
from elearning.learning.training import Training
from elearning.learning.validity import Asks, MajorVersion, PolicyVersion, Validity
from elearning.problem import Findings
from elearning.strict_yaml import Located
from elearning.yaml_fields import Reader, read_fields

FIRST_MAJOR = 1
# The least notice there is for anything that somebody must do (design: completion, "joiner").
LEAST_DAYS = 14


def read_policies(reader: Reader) -> tuple[PolicyVersion, ...]:
    """Return every version of the validity: the one the training began with, then the later ones.

    A version is announced before it holds, so that a report of the past does not change by it.
    """
    with read_fields(reader.located("validity"), reader.findings) as fields:
        found = [PolicyVersion(date.min, date.min, _validity(fields))]
    for item in reader.records("policies"):
        with read_fields(item, reader.findings) as fields:
            found.append(_policy(fields))
    days = [each.from_on for each in found]
    if days != sorted(set(days)):
        reader.wrong("policies", "stand in the order of their days, each day once")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """A validity that an institution sets for a training, with the line where it stands."""

    training_id: str
    version: PolicyVersion
    line: int


def read_own_policies(reader: Reader) -> tuple[OwnPolicy, ...]:
    """Return the versions of a validity that an institution's overlay adds."""
    found = []
    for item in reader.records("policies"):
        with read_fields(item, reader.findings) as fields:
            found.append(OwnPolicy(fields.text("training"), _policy(fields), item.line))
    return tuple(found)


def with_own_policies(
    trainings: Mapping[str, Training], own: Iterable[OwnPolicy], findings: Findings
) -> dict[str, Training]:
    """Return the trainings with what the institution adds: later than any version before it."""
    found = dict(trainings)
    for each in own:
        training = found.get(each.training_id)
        if training is None:
            findings.error("O6", each.line, f"policies: there is no training {each.training_id!r}")
        elif training.policies[-1].from_on >= each.version.from_on:
            message = f"policies: {each.training_id} has a version of that day, or a later one"
            findings.error("O6", each.line, message)
        else:
            policies = (*training.policies, each.version)
            found[each.training_id] = replace(training, policies=policies)
    return found


def _policy(fields: Reader) -> PolicyVersion:
    version = PolicyVersion(
        from_on=fields.day("from"),
        announced_on=fields.day("announced"),
        validity=_validity(fields),
    )
    if version.announced_on > version.from_on:
        fields.wrong("announced", "lies after the day from which it holds")
    return version


def read_majors(reader: Reader, versions: Versions) -> tuple[MajorVersion, ...]:
    """Return the major versions after the first, with what each asks of earlier awards."""
    found = tuple(_major(item, reader, versions) for item in reader.records("majors"))
    days = [each.from_on for each in found]
    if days != sorted(set(days)):
        reader.wrong("majors", "stand in the order of their days, each day once")
    numbers = [each.number for each in found]
    if numbers != [FIRST_MAJOR + step for step in range(1, len(numbers) + 1)]:
        reader.wrong("majors", "are numbered 2, 3, … without a gap")
    return found


def _major(item: Located, reader: Reader, versions: Versions) -> MajorVersion:
    with read_fields(item, reader.findings) as fields:
        asks = fields.member("asks", Asks)
        return MajorVersion(
            number=fields.number("major"),
            from_on=fields.day("from"),
            asks=asks,
            module_id=_delta(fields, versions) if asks is Asks.DELTA else None,
            within_days=None if asks is Asks.NONE else _within(fields),
            news=fields.translated("news"),
        )


def _delta(fields: Reader, versions: Versions) -> str:
    """Return the module of a delta; it is examined, since it stands for the whole training."""
    module_id = read_module_id(fields, versions)
    if module_id in versions.modules and module_id not in versions.examined:
        message = f"module {module_id!r} has no question on a page that everybody reads"
        fields.findings.error("T3", fields.line_of("module"), message)
    return module_id


def _within(fields: Reader) -> int:
    days = fields.number("within_days")
    if days < LEAST_DAYS:
        fields.wrong("within_days", f"leaves people at least {LEAST_DAYS} days")
    return days


def _validity(fields: Reader) -> Validity:
    return Validity(
        months=fields.optional_number("months"),
        renewal_window_days=fields.number("renewal_window_days"),
        grace_days=fields.number("grace_days"),
        due_days=fields.number("due_days"),
    )
