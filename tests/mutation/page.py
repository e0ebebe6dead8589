"""Writes docs/mutants.md: how many seeded defects are caught, and which are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.mutation.judging import FOLDERS, Fate, Mutant, rate, structure_of
from tests.mutation.kinds import FOR_A_READER, KINDS

PAGE = Path(__file__).parents[2] / "docs" / "mutants.md"
HEAD = (
    "# Defects that the checks see, and those that they do not\n"
    "Made by `make mutants`; the suite holds a sample of it against this page.\n\n"
    "Each kind of defect is seeded into every shipped scenario, at up to {number} places that"
    " chance picked once. The defective files go through what `elearning check` and `elearning"
    " prove` do. A defect is caught when they say something that they do not say of the sound"
    " scenario; that a translation has become stale does not count. Every play that comes with a"
    " finding is replayed by the engine, and must show what the finding says.\n\n"
    "A defect that **changes nothing** is left out of the rate: just as many plays pass and every"
    " error is repaired in just as many, though the defect could only take away from both.\n\n"
    "**{rate:.1%} are caught: {caught} of {all}.**\n"
)
READERS = (
    "\n## What only a reader can see\n"
    "These are not in the rate. What comes of them is another scenario that keeps every promise;"
    " whether it is a worse one is a matter of its words.\n"
)
SCENARIOS = (
    "\n## Per scenario\n"
    "The fingerprint is that of the logic: a scenario that has another by now was changed"
    " since.\n\n"
    "| scenario | fingerprint | seeded | caught | survived |\n|---|---|---:|---:|---:|\n"
)
SURVIVORS = "\n## Survivors\n"
COLUMNS = (
    "\n| kind | seeded | caught | change nothing | survived | mostly seen by |\n"
    "|---|---:|---:|---:|---:|---|\n"
)


def page(found: Sequence[Mutant], number: int) -> str:
    """Return the page about these mutants, of which up to this many were seeded at a time."""
    counted = [each for each in found if each.kind in KINDS]
    fates = Counter(each.fate for each in counted)
    caught = fates[Fate.CAUGHT]
    head = HEAD.format(
        number=number, rate=rate(counted), caught=caught, all=caught + fates[Fate.SURVIVED]
    )
    table = "".join(_row(kind.name, [e for e in found if e.kind == kind]) for kind in KINDS)
    others = "".join(_row(kind.name, [e for e in found if e.kind == kind]) for kind in FOR_A_READER)
    reasons = "".join(f"- **{kind.name}:** {kind.unseen}.\n" for kind in FOR_A_READER)
    survivors = "".join(_survivors(counted))
    readers = f"{READERS}{COLUMNS}{others}\n{reasons}"
    scenarios = SCENARIOS + "".join(_scenario_row(name, counted) for name in sorted(FOLDERS))
    return f"{head}{COLUMNS}{table}{readers}{scenarios}{SURVIVORS}{survivors}"


def row_start(scenario: str) -> str:
    """Return how the row of a scenario begins while its logic is what it is now."""
    return f"| `{scenario}` | `{structure_of(scenario)}` | "


def table(found: Sequence[Mutant]) -> str:
    """Return the rows of the kinds that occur, for a terminal."""
    kinds = {each.kind.name: each.kind for each in found}.values()
    return "".join(_row(kind.name, [e for e in found if e.kind == kind]) for kind in kinds)


def _row(name: str, found: Iterable[Mutant]) -> str:
    listed = list(found)
    fates = Counter(each.fate for each in listed)
    seen = Counter(code for each in listed for code in {e.code for e in each.findings})
    by = ", ".join(f"`{code}` {number}" for code, number in _most_common(seen))
    return (
        f"| {name} | {len(listed)} | {fates[Fate.CAUGHT]} | {fates[Fate.SAME] or ''}"
        f" | {fates[Fate.SURVIVED] or ''} | {by} |\n"
    )


def _scenario_row(scenario: str, counted: Iterable[Mutant]) -> str:
    fates = Counter(each.fate for each in counted if each.scenario == scenario)
    survived = fates[Fate.SURVIVED] or ""
    return f"{row_start(scenario)}{fates.total()} | {fates[Fate.CAUGHT]} | {survived} |\n"


def _most_common(seen: Counter[str]) -> list[tuple[str, int]]:
    return sorted(seen.items(), key=lambda each: (-each[1], each[0]))[:4]


def _survivors(found: Sequence[Mutant]) -> Iterator[str]:
    for kind in KINDS:
        names = [e.name for e in found if e.kind == kind and e.fate is Fate.SURVIVED]
        if names:
            yield f"\n### {kind.name}\nWhy: {kind.unseen}.\n\n"
            yield from (f"- {name}\n" for name in names)
