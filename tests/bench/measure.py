"""Everything that is measured on one database: ours beside the floor, under the same load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from tests.bench import floor as bare
from tests.bench.client import Chain
from tests.bench.floor_load import floor_choices, floor_pages
from tests.bench.learners import LONGEST_WALK, choice_chains, page_chains
from tests.bench.ready import Effort, Place, Ready, get_ready
from tests.bench.report import Figure, Goal
from tests.bench.rounds import Round, Rounds, Side, ratio, take_turns
from tests.bench.server import Server, serving
from tests.bench.weight import weigh

PAGES_PER_CHAIN = 40
SLOWEST_PER_SECOND = 20


@dataclass(frozen=True, slots=True)
class Bench:
    """Two running servers on one database."""

    place: Place
    effort: Effort
    ready: Ready
    ours: Server
    floor: Server

    def choices(self) -> Iterator[Figure]:
        """Measure a choice and the page after it, at many connections and at one."""
        floor = self._side(self.floor, floor_choices(LONGEST_WALK), LONGEST_WALK)
        chains = choice_chains(self.ready.learners, self.ready.paths)
        ours = self._side(self.ours, chains, LONGEST_WALK)
        goals = {"rate": Goal(250, is_least=True), "p95": Goal(100), "cpu": Goal(2, of_ratio=True)}
        bare_rounds, own_rounds = take_turns(floor, ours, self.effort.load)
        yield from self._compared("choice + next page", own_rounds, bare_rounds, goals)
        alone = replace(self.effort.load, rounds=1, connections=1)
        bare_rounds, own_rounds = take_turns(floor, ours, alone)
        name = "choice + next page, 1 connection: p50 ms"
        yield self._figure(name, own_rounds.percentile(50), bare_rounds.percentile(50))

    def pages(self) -> Iterator[Figure]:
        """Measure a module's page."""
        floor = self._side(self.floor, floor_pages(PAGES_PER_CHAIN), PAGES_PER_CHAIN)
        ours = self._side(self.ours, self._page_chains(), PAGES_PER_CHAIN)
        goals = {"rate": Goal(800, is_least=True), "cpu": Goal(1.5, of_ratio=True)}
        bare_rounds, own_rounds = take_turns(floor, ours, self.effort.load)
        yield from self._compared("module page", own_rounds, bare_rounds, goals)

    def counted(self) -> Iterator[Figure]:
        """Return what was counted without load."""
        posts, turns, pages = self.ready.posts, self.ready.turns, self.ready.pages
        most = max(each.statements for each in posts)
        yield Figure("statements in a choice", self.place.name, most, Goal(4))
        spread = most - min(each.statements for each in posts)
        yield Figure("… more at the last turn than at the first", self.place.name, spread, Goal(0))
        transactions = max(each.transactions for each in posts)
        yield Figure("transactions in a choice", self.place.name, transactions, Goal(1))
        for name, counts in (("turn page", turns), ("module page", pages)):
            most = max(each.statements for each in counts)
            yield Figure(f"statements in a {name}", self.place.name, most)
        name = "sign-in beside the hash: p50 ms"
        yield Figure(name, self.place.name, self.ready.sign_in_ms, Goal(10))

    def process(self) -> Iterator[Figure]:
        """Measure start, memory and the weight of a page."""
        start = self.ours.seconds_to_ready
        yield self._figure("start to ready: s", start, self.floor.seconds_to_ready, Goal(3))
        before = self.ours.worker_megabytes()
        requests = self.effort.requests_for_memory
        chains = islice(self._page_chains(), requests // PAGES_PER_CHAIN)
        self._side(self.ours, chains, PAGES_PER_CHAIN).play(requests / SLOWEST_PER_SECOND)
        after = self.ours.worker_megabytes()
        yield self._figure(
            "memory of a worker: MB", after, self.floor.worker_megabytes(), Goal(120)
        )
        name = f"… more after {requests:,} requests: MB"
        yield Figure(name, self.place.name, after - before, Goal(2))

    def weight(self) -> Iterator[Figure]:
        """Weigh a turn's page at the first visit; the same on every database."""
        learner, (name, *_) = self.ready.learners[-1], self.ready.paths
        address = f"/oefenen/{name}/{learner.attempts[name]}/1"
        weight = weigh(self.ours.port, address, learner.cookie)
        for what, value, bound in (
            ("first visit to a turn: requests", weight.requests, 6),
            ("first visit to a turn: kB, gzip", weight.kilobytes, 40),
            ("… of which script: kB, gzip", weight.script_kilobytes, 5),
            ("… from a third party: requests", weight.third_parties, 0),
        ):
            yield Figure(what, "", value, Goal(bound))

    def _side(self, server: Server, chains: Iterator[Chain], length: int) -> Side:
        return Side(server, chains, length, self.place.cpu_seconds)

    def _page_chains(self) -> Iterator[Chain]:
        return page_chains(self.ready.learners, self.ready.library, PAGES_PER_CHAIN)

    def _compared(
        self, name: str, ours: Rounds, floor: Rounds, goals: dict[str, Goal]
    ) -> Iterator[Figure]:
        def compared(key: str, what: str, of: str) -> Figure:
            def pick(one: Round) -> float:
                return float(getattr(one, of))

            return Figure(
                name=f"{name}: {what}",
                database=self.place.name,
                value=ours.median(pick),
                goal=goals.get(key),
                floor=floor.median(pick),
                ratio=ratio(ours, floor, pick),
            )

        yield compared("rate", "per second", "per_second")
        for percent in (50, 95):
            what = f"{name}: p{percent} ms"
            values = ours.percentile(percent), floor.percentile(percent)
            yield self._figure(what, *values, goals.get(f"p{percent}"))
        yield compared("cpu", "CPU ms", "cpu_ms")
        yield compared("app", "… of the application", "app_ms")
        yield compared("client", "… beside it, of the client", "client_ms")

    def _figure(self, name: str, value: float, floor: float, goal: Goal | None = None) -> Figure:
        return Figure(name, self.place.name, value, goal, floor, value / floor)


@contextmanager
def bench(place: Place, effort: Effort, folder: Path) -> Iterator[Bench]:
    """Get everything ready and serve both sides for as long as the block runs."""
    ready = get_ready(place, effort, folder)
    bare.prepare_floor(place.floor)
    sizes = {"BENCH_TURN_BYTES": ready.turn_bytes, "BENCH_MODULE_BYTES": ready.page_bytes}
    values = {**ready.environment, **{name: str(size) for name, size in sizes.items()}}
    values["BENCH_DATABASE_URL"] = place.floor
    with (
        serving("elearning.web.wsgi:app", ready.environment, folder / "ours.log") as ours,
        serving("tests.bench.floor:application()", values, folder / "floor.log") as floor,
    ):
        yield Bench(place, effort, ready, ours, floor)
