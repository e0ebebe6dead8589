"""What no column may say: the rules that tests hold the tables to and the privacy report repeats.

Each is checked on the tables as they are, so a report can only say what is true of this version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from sqlalchemy import MetaData, Table

from elearning.storage.base import PersonalData

READ_BY_HR = ("obligation", "exemption", "award", "certificate")
LEARNING_STATE = ("attempt", "attempt_step", "module_page")
LEARNING_LINK = "learning_link"
REFERRED_BY_HR = frozenset({"person", "obligation", "award"})
# Words that would tell the way in which somebody learned.
TELLING_WORDS = frozenset(
    {
        *("answer", "attempt", "choice", "duration", "ended", "error", "exam", "fail", "minutes"),
        *("module", "path", "points", "reading", "result", "retake", "route", "scenario", "score"),
        *("seconds", "started", "tries", "variant"),
    }
)
# Words for what nobody is asked and no table has.
PRIVATE_WORDS = frozenset(
    {
        *("address", "agent", "birth", "born", "bsn", "comment", "device", "ethnicity", "gender"),
        *("health", "ip", "nationality", "note", "notes", "phone", "referrer", "religion", "sex"),
        *("sick", "sickness", "trauma"),
    }
)
DATES_OF_ABSENCE = frozenset(
    {"id", "person_id", "from_on", "until_on", "recorded_at", "retracted_at"}
)


class Never(StrEnum):
    """What is never recorded."""

    WAY_OF_LEARNING = "way_of_learning"
    LEARNING_BEHIND_COMPLETION = "learning_behind_completion"
    NAMES_IN_LEARNING = "names_in_learning"
    SECOND_LINK = "second_link"
    MOMENTS_OF_LEARNING = "moments_of_learning"
    REASON_OF_ABSENCE = "reason_of_absence"
    PRIVATE_FACTS = "private_facts"


def broken_rules(metadata: MetaData) -> tuple[str, ...]:
    """Return what the tables break, each as `rule: where`; nothing when all of it holds."""
    return tuple(
        f"{rule}: {where}" for rule, check in CHECKS.items() for where in sorted(check(metadata))
    )


def _way_of_learning(metadata: MetaData) -> Iterator[str]:
    return _named(metadata, READ_BY_HR, TELLING_WORDS)


def _learning_behind_completion(metadata: MetaData) -> Iterator[str]:
    for name in READ_BY_HR:
        referred = {key.column.table.name for key in metadata.tables[name].foreign_keys}
        yield from (f"{name} refers to {other}" for other in referred - REFERRED_BY_HR)


def _names_in_learning(metadata: MetaData) -> Iterator[str]:
    for name in LEARNING_STATE:
        for column in metadata.tables[name].columns:
            is_identity = column.info.get("pii") is PersonalData.IDENTITY
            if column.name == "person_id" or is_identity:
                yield f"{name}.{column.name}"


def _second_link(metadata: MetaData) -> Iterator[str]:
    for table in metadata.tables.values():
        leads = "learning_key" in table.columns and _refers_to_a_person(table)
        if leads and table.name != LEARNING_LINK:
            yield table.name


def _moments_of_learning(metadata: MetaData) -> Iterator[str]:
    for name in LEARNING_STATE:
        for column in metadata.tables[name].columns:
            if column.type.python_type.__name__ == "datetime":
                yield f"{name}.{column.name}"


def _reason_of_absence(metadata: MetaData) -> Iterator[str]:
    columns = set(metadata.tables["absence"].columns.keys())
    return (f"absence.{name}" for name in columns - DATES_OF_ABSENCE)


def _private_facts(metadata: MetaData) -> Iterator[str]:
    return _named(metadata, tuple(metadata.tables), PRIVATE_WORDS)


def _named(metadata: MetaData, tables: tuple[str, ...], words: frozenset[str]) -> Iterator[str]:
    for name in tables:
        for column in metadata.tables[name].columns.keys():  # noqa: SIM118 - yields no names else
            if words & set(column.split("_")):
                yield f"{name}.{column}"


def _refers_to_a_person(table: Table) -> bool:
    return any(key.column.table.name == "person" for key in table.foreign_keys)


CHECKS: Mapping[Never, Callable[[MetaData], Iterator[str]]] = {
    Never.WAY_OF_LEARNING: _way_of_learning,
    Never.LEARNING_BEHIND_COMPLETION: _learning_behind_completion,
    Never.NAMES_IN_LEARNING: _names_in_learning,
    Never.SECOND_LINK: _second_link,
    Never.MOMENTS_OF_LEARNING: _moments_of_learning,
    Never.REASON_OF_ABSENCE: _reason_of_absence,
    Never.PRIVATE_FACTS: _private_facts,
}
