"""Measure in a process of its own: as in a worker, which did none of what the others did before.

It stands beside `__main__` and not in it: a fresh process finds nothing that was defined there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from tests.bench.report import Figure


def measured_apart(
    figures: Callable[..., Iterable[Figure]],
    *args: Any,  # noqa: ANN401 - whatever the function takes
    **options: Any,  # noqa: ANN401 - the same
) -> list[Figure]:
    """Return the figures of a function of a module; what it raises is raised here."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(_all_of, figures, args, options).result()


def _all_of(
    figures: Callable[..., Iterable[Figure]], args: tuple[Any, ...], options: dict[str, Any]
) -> list[Figure]:
    return list(figures(*args, **options))
