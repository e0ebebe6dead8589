"""Reads which trainings elsewhere an institution lets count for one of its own: a closed list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from elearning.learning.prior import Equivalent
from elearning.learning.training import Training
from elearning.problem import Findings
from elearning.yaml_fields import Reader, read_fields

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_CODE = 40
MOST_MONTHS = 120


def read_equivalents(reader: Reader) -> tuple[Equivalent, ...]:
    """Return the entries of an overlay; what stands twice is a finding of its own."""
    found = []
    for item in reader.records("equivalents"):
        with read_fields(item, reader.findings) as fields:
            found.append(_equivalent(fields))
    _refuse_doubles(found, reader.findings)
    return tuple(found)


def equivalent_problems(
    equivalents: Iterable[Equivalent], trainings: Mapping[str, Training], findings: Findings
) -> None:
    """Find the entries for a training that does not exist."""
    for each in equivalents:
        if each.training_id and each.training_id not in trainings:
            message = f"equivalents: there is no training {each.training_id!r}"
            findings.error("O7", each.line, message)


def with_own_months(
    trainings: Mapping[str, Training], equivalents: Iterable[Equivalent]
) -> dict[str, Training]:
    """Return the trainings, each with how long trainings elsewhere count that say so themselves."""
    months: dict[str, set[int]] = {}
    for each in equivalents:
        if each.valid_months is not None:
            months.setdefault(each.training_id, set()).add(each.valid_months)
    return {
        name: replace(each, equivalent_months=frozenset(months.get(name, ())))
        for name, each in trainings.items()
    }


def _equivalent(fields: Reader) -> Equivalent:
    code, months = fields.text("code"), fields.optional_number("valid_months")
    if code and (len(code) > LONGEST_CODE or not CODE.fullmatch(code)):
        fields.wrong("code", f"needs small letters, digits and dashes, at most {LONGEST_CODE}")
    if months is not None and not 1 <= months <= MOST_MONTHS:
        fields.wrong("valid_months", f"is from 1 through {MOST_MONTHS}, or left out")
    return Equivalent(
        training_id=fields.text("training"),
        code=code,
        name=fields.translated("name"),
        valid_months=months,
        line=fields.line,
    )


def _refuse_doubles(found: Iterable[Equivalent], findings: Findings) -> None:
    """Find each code, and each name for one training, that stands there already."""
    known: set[tuple[str, ...]] = set()
    for each in found:
        said: dict[tuple[str, ...], str] = {(each.code,): f"code {each.code!r}"}
        for lang, name in each.name.items():
            said[each.training_id, lang, name] = f"the name {name!r}"
        for key, what in said.items():
            if key in known and key[-1]:
                findings.error("O7", each.line, f"equivalents: {what} stands twice")
        known |= said.keys()
