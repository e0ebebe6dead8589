"""Rules of law that are switched as a whole: in force, waiting for a law, or for counsel alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearning.problem import Findings
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import Reader, read_fields

Translated = Mapping[str, str]
SCHEMA = 1


class Jurisdiction(StrEnum):
    """Where it holds: the European Netherlands or Bonaire, St Eustatius and Saba."""

    NL = "NL"
    NL_BES = "NL-BES"


class PackStatus(StrEnum):
    """Whether its rules hold: yes, not yet, or only as a text that says to ask counsel."""

    ON = "on"
    PENDING = "pending"
    TEXT_ONLY = "text_only"


@dataclass(frozen=True, slots=True)
class RulePack:
    """A set of rules with one fate; a day is None where no source was seen that gives it.

    `effective_until` is the first day on which the rules no longer hold.
    """

    id: str
    name: Translated
    status: PackStatus
    version: int
    effective_from: date | None
    effective_until: date | None
    jurisdiction: Jurisdiction
    note: Translated

    def is_served_on(self, day: date) -> bool:
        """Say whether its facts may be served as they read on this day."""
        has_begun = self.effective_from is None or self.effective_from <= day
        has_ended = self.effective_until is not None and self.effective_until <= day
        return self.status is not PackStatus.PENDING and has_begun and not has_ended


def read_rule_packs(text: str, findings: Findings) -> dict[str, RulePack]:
    """Read rule_packs.yaml."""
    packs: dict[str, RulePack] = {}
    with read_fields(load(text, findings), findings) as reader:
        if reader.number("schema") != SCHEMA:
            reader.wrong("schema", f"this program reads schema {SCHEMA}")
        for item in reader.records("packs"):
            pack = _pack(item, findings)
            if pack.id in packs:
                findings.error("D1", item.line, f"id {pack.id} stands twice")
            packs[pack.id] = pack
    return packs


def _pack(item: Located, findings: Findings) -> RulePack:
    with read_fields(item, findings) as reader:
        return RulePack(
            id=reader.text("id"),
            name=reader.translated("name"),
            status=reader.member("status", PackStatus),
            version=reader.number("version"),
            effective_from=reader.optional_day("effective_from"),
            effective_until=_end(reader),
            jurisdiction=reader.member("jurisdiction", Jurisdiction),
            note=reader.translated("note"),
        )


def _end(reader: Reader) -> date | None:
    begin, end = reader.optional_day("effective_from"), reader.optional_day("effective_until")
    if begin is not None and end is not None and end <= begin:
        reader.wrong("effective_until", "needs a day after effective_from")
    return end
