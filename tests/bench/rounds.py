"""Rounds of load that take turns between the floor and ours, so that both meet the same machine."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from tests.bench.client import Chain, Plan, Seen, write_plan
from tests.bench.server import ROOT, Server

CONNECTIONS = 16
# Bounds a round in count as well as in time; a round that reaches it ends early.
MOST_PER_SECOND = 3_000
WARM_UP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Round:
    """One round of one side; CPU in milliseconds per operation."""

    per_second: float
    milliseconds: tuple[float, ...]
    app_ms: float
    database_ms: float
    client_ms: float

    @property
    def cpu_ms(self) -> float:
        """Return the CPU of the application and of the database server together."""
        return self.app_ms + self.database_ms


@dataclass(slots=True)
class Side:
    """A server with the chains of `length` operations that are still to be played on it."""

    server: Server
    chains: Iterator[Chain]
    length: int
    database_cpu: Callable[[], float]

    def play(self, seconds: float, connections: int = CONNECTIONS) -> Round:
        """Play for some seconds; raises when an answer was not as expected."""
        most = math.ceil(seconds * MOST_PER_SECOND / self.length) + connections
        dealt = tuple(islice(self.chains, most))
        plan = Plan(self.server.port, connections, seconds, dealt)
        app, database = self.server.cpu_seconds(), self.database_cpu()
        seen = _run_client(plan)
        app, database = self.server.cpu_seconds() - app, self.database_cpu() - database
        self.chains = chain(dealt[seen.chains :], self.chains)
        done = len(seen.milliseconds)
        if seen.wrong or not done:
            raise RuntimeError("; ".join(seen.wrong[:3]) or "nothing was left to play")
        return Round(
            per_second=done / seen.seconds,
            milliseconds=tuple(seen.milliseconds),
            app_ms=app / done * 1000,
            database_ms=database / done * 1000,
            client_ms=seen.client_seconds / done * 1000,
        )


@dataclass(frozen=True, slots=True)
class Rounds:
    """Every round of one side, in order."""

    rounds: tuple[Round, ...]

    def median(self, of: Callable[[Round], float]) -> float:
        """Return the median over the rounds."""
        return statistics.median(map(of, self.rounds))

    def percentile(self, percent: int) -> float:
        """Return a percentile of all operations, in milliseconds."""
        every = sorted(each for one in self.rounds for each in one.milliseconds)
        return every[min(len(every) - 1, len(every) * percent // 100)]


@dataclass(frozen=True, slots=True)
class Load:
    """How many rounds each side gets, how long each lasts, and at how many connections."""

    rounds: int
    seconds: float
    connections: int = CONNECTIONS


def take_turns(floor: Side, ours: Side, load: Load) -> tuple[Rounds, Rounds]:
    """Return the rounds of both; who goes first alternates, and a short round warms both up."""
    for side in (floor, ours):
        side.play(WARM_UP_SECONDS, load.connections)
    played: tuple[list[Round], list[Round]] = ([], [])
    sides = (floor, ours)
    for number in range(load.rounds):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            played[which].append(sides[which].play(load.seconds, load.connections))
    return Rounds(tuple(played[0])), Rounds(tuple(played[1]))


def ratio(ours: Rounds, floor: Rounds, of: Callable[[Round], float]) -> float:
    """Return the median of the ratios of rounds that stood next to each other."""
    pairs = zip(ours.rounds, floor.rounds, strict=True)
    return statistics.median(of(mine) / of(bare) for mine, bare in pairs)


def _run_client(plan: Plan) -> Seen:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.client"],
        cwd=ROOT,
        input=write_plan(plan),
        capture_output=True,
        text=True,
        check=False,
        timeout=plan.seconds + 60,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Seen(**json.loads(done.stdout))
