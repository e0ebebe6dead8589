"""Figures beside their floor and goal: one table to read, and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from elearning.storage.sqlite_library import LIBRARY

HEADINGS = ("figure", "database", "ours", "floor", "ours/floor", "goal", "")
FSYNCS = 50


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound for a figure itself, or for how it compares with its floor."""

    bound: float
    is_least: bool = False
    of_ratio: bool = False

    def __str__(self) -> str:
        """Return the goal as it is printed."""
        return f"{'≥' if self.is_least else '≤'} {self.bound:g}{' ×' if self.of_ratio else ''}"

    def is_met(self, value: float, ratio: float | None) -> bool:
        """Say whether the figure is on the right side of the bound."""
        compared = ratio if self.of_ratio and ratio is not None else value
        return compared >= self.bound if self.is_least else compared <= self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; without a floor where nothing bare does the same."""

    name: str
    database: str
    value: float
    goal: Goal | None = None
    floor: float | None = None
    ratio: float | None = None

    @property
    def verdict(self) -> str:
        """Return whether the goal was reached, in one word."""
        if self.goal is None:
            return ""
        return "met" if self.goal.is_met(self.value, self.ratio) else "MISSED"


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as text in columns."""
    rows = [HEADINGS, *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        figure.database,
        _number(figure.value),
        _number(figure.floor),
        "" if figure.ratio is None else f"{figure.ratio:.2f} ×",
        "" if figure.goal is None else str(figure.goal),
        figure.verdict,
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.3g}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    left, right = row[:2], row[2:5]
    cells = [cell.ljust(width) for cell, width in zip(left, widths, strict=False)]
    cells += [cell.rjust(width) for cell, width in zip(right, widths[2:], strict=False)]
    return "  ".join((*cells, row[5].ljust(widths[5]), row[6])).rstrip()


def machine(folder: Path) -> dict[str, str | int | float]:
    """Return what the figures depend on; `folder` is where the databases were."""
    return {
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "sqlite": LIBRARY.sqlite_version,
        "load_average_at_start": round(os.getloadavg()[0], 2),
        "fsync_ms": round(_fsync_ms(folder), 3),
    }


def _fsync_ms(folder: Path) -> float:
    """Return the median time that the disk takes to keep a page."""
    times = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(FSYNCS):
            file.write(bytes(4096))
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[FSYNCS // 2]


def write_json(path: Path, about: dict[str, str | int | float], figures: list[Figure]) -> None:
    """Write everything that the table shows."""
    rows = [{**asdict(each), "verdict": each.verdict} for each in figures]
    text = json.dumps({"machine": about, "figures": rows}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
