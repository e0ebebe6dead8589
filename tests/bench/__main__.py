"""`make bench`: measure on SQLite and PostgreSQL, print one table, write bench-results.json."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests import bench_certificates
from tests.bench import completion, hr_pages, reminders
from tests.bench.apart import measured_apart
from tests.bench.cluster import durable_cluster, server_pid
from tests.bench.keeping import figures as keeping_figures
from tests.bench.measure import bench
from tests.bench.proofs import figures as proof_figures
from tests.bench.ready import Effort, Place
from tests.bench.report import Figure, machine, table, write_json
from tests.bench.rounds import CONNECTIONS, Load
from tests.bench.server import ROOT, WORKERS, cpu_seconds_below
from tests.databases import create_database
from tests.postgres import PostgresqlMissing

RESULTS = ROOT / "bench-results.json"
DATABASES = ("sqlite", "postgresql")
SHORT = Effort(Load(rounds=3, seconds=4), requests_for_memory=2_000)
LONG = Effort(Load(rounds=9, seconds=8), requests_for_memory=10_000)


def main() -> None:
    """Measure what was asked for."""
    chosen = _arguments()
    effort = LONG if chosen.long else SHORT
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        about = machine(folder)
        for kind in [chosen.database] if chosen.database else DATABASES:
            _say(f"measuring on {kind} …")
            figures += _measured(kind, effort, folder, is_first=not figures)
            figures += _of_hr(kind)
        _say("measuring certificates …")
        figures += bench_certificates.figures()
    _say("measuring what privacy costs …")
    figures += keeping_figures()
    _say("proving every scenario …")
    figures += proof_figures()
    _say(", ".join(f"{what} {value}" for what, value in about.items()))
    _say(
        f"gunicorn, {WORKERS} sync workers; {CONNECTIONS} connections, a new one for each request; "
        f"{effort.load.rounds} rounds of {effort.load.seconds:g} s a side, floor and ours in turn"
    )
    sys.stdout.write(table(figures) + "\n")
    write_json(RESULTS, about, figures)


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--long", action="store_true", help="more rounds, and 10,000 requests")
    parser.add_argument("--database", choices=DATABASES, help="only this one")
    return parser.parse_args()


def _measured(kind: str, effort: Effort, folder: Path, *, is_first: bool) -> list[Figure]:
    own = folder / kind
    own.mkdir()
    try:
        with PLACES[kind](own) as place, bench(place, effort, own) as running:
            figures = [*running.choices(), *running.pages(), *running.counted()]
            figures += [*running.process(), *(running.weight() if is_first else ())]
    except PostgresqlMissing as missing:
        _say(str(missing))
        return []
    return figures


def _of_hr(kind: str) -> list[Figure]:
    parts = {
        "reminders": reminders.figures,
        "overviews": completion.figures,
        "pages of HR": hr_pages.figures,
    }
    found: list[Figure] = []
    try:
        for name, figures in parts.items():
            _say(f"measuring {name} …")
            found += measured_apart(figures, kind)
    except PostgresqlMissing as missing:
        _say(str(missing))
    return found


@contextmanager
def _sqlite(folder: Path) -> Iterator[Place]:
    ours, floor = (f"sqlite:///{folder / name}.sqlite3" for name in ("ours", "floor"))
    yield Place("sqlite", ours, floor, cpu_seconds=lambda: 0.0)


@contextmanager
def _postgresql(_folder: Path) -> Iterator[Place]:
    with durable_cluster() as cluster:
        for name in ("ours", "floor"):
            create_database(cluster, name)
        cost = partial(cpu_seconds_below, server_pid(cluster))
        yield Place("postgresql", cluster.url("ours"), cluster.url("floor"), cpu_seconds=cost)


PLACES = {"sqlite": _sqlite, "postgresql": _postgresql}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
