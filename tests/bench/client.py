"""The load client, a process of its own: reads a plan as JSON, plays it, prints what it saw.

Python's HTTP clients cost more than the pages they ask for, so this one speaks over plain sockets
from one thread. It opens a new connection for every request, because gunicorn's sync workers close
each one; that is the same for both sides. A second read of the clock says what the client costs.
"""

from __future__ import annotations

import gc
import json
import select
import socket
import sys
import time
from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import asdict, dataclass, field

CHUNK = 65_536
SILENCE_SECONDS = 30.0
Exchange = Generator[socket.socket, None, bytes]


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and what its answer must hold to count."""

    method: str
    path: str
    body: str
    status: int
    holds: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Operations that one browser does in order; each is one or more requests."""

    cookie: str
    operations: tuple[tuple[Request, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: chains, how many at a time, for how long."""

    port: int
    connections: int
    seconds: float
    chains: tuple[Chain, ...]


@dataclass(slots=True)
class Seen:
    """What the client saw; milliseconds per operation."""

    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    chains: int = 0
    seconds: float = 0.0
    client_seconds: float = 0.0


def exchange(address: tuple[str, int], request: bytes) -> Exchange:
    """Send one request and return the whole answer; yields the socket to wait for."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.connect(address)
        connection.sendall(request)
        connection.setblocking(False)
        parts: list[bytes] = []
        while True:
            yield connection
            part = connection.recv(CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)


def as_bytes(request: Request, cookie: str, port: int) -> bytes:
    """Return a request as it travels."""
    lines = [
        f"{request.method} {request.path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: close",
        "Accept: text/html",
        "Accept-Language: nl,en;q=0.5",
        f"Cookie: {cookie}",
    ]
    if request.method == "POST":
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(request.body)}",
        ]
    return ("\r\n".join(lines) + "\r\n\r\n" + request.body).encode()


def wrong(request: Request, answer: bytes) -> str | None:
    """Say what is wrong with an answer, or None."""
    status = answer[9:12]
    if status != str(request.status).encode():
        return f"{request.method} {request.path}: {status.decode(errors='replace')}"
    if request.holds.encode() not in answer:
        return f"{request.method} {request.path}: the answer does not hold {request.holds!r}"
    return None


def browse(
    plan: Plan, chains: deque[Chain], seen: Seen, deadline: float
) -> Generator[socket.socket, None, None]:
    """Be one connection: take chains until time or chains are up."""
    address = ("127.0.0.1", plan.port)
    while chains:
        chain = chains.popleft()
        seen.chains += 1
        for operation in chain.operations:
            began = time.perf_counter()
            if began >= deadline:
                return
            for request in operation:
                answer = yield from exchange(address, as_bytes(request, chain.cookie, plan.port))
                problem = wrong(request, answer)
                if problem is not None:
                    seen.wrong.append(problem)
                    return
            seen.milliseconds.append((time.perf_counter() - began) * 1000)


def play(plan: Plan) -> Seen:
    """Do the plan with all its connections and return what was seen."""
    seen, chains = Seen(), deque(plan.chains)
    began, cost = time.perf_counter(), time.process_time()
    browsers = [browse(plan, chains, seen, began + plan.seconds) for _ in range(plan.connections)]
    _turn_round(browsers)
    seen.seconds = time.perf_counter() - began
    seen.client_seconds = time.process_time() - cost
    return seen


def _turn_round(browsers: Iterable[Generator[socket.socket, None, None]]) -> None:
    waiting: dict[int, Generator[socket.socket, None, None]] = {}
    poll = select.epoll()

    def go_on(browser: Generator[socket.socket, None, None]) -> None:
        connection = next(browser, None)
        if connection is not None:
            number = connection.fileno()
            poll.register(number, select.EPOLLIN)
            waiting[number] = browser

    for browser in browsers:
        go_on(browser)
    while waiting:
        ready = poll.poll(SILENCE_SECONDS)
        if not ready:
            raise TimeoutError(f"no answer within {SILENCE_SECONDS} seconds")
        for number, _ in ready:
            poll.unregister(number)
            go_on(waiting.pop(number))


def read_plan(text: str) -> Plan:
    """Return the plan that was written with `write_plan`."""
    raw = json.loads(text)
    chains = tuple(
        Chain(
            each["cookie"],
            tuple(
                tuple(Request(**request) for request in operation)
                for operation in each["operations"]
            ),
        )
        for each in raw.pop("chains")
    )
    return Plan(**raw, chains=chains)


def write_plan(plan: Plan) -> str:
    """Return the plan as JSON."""
    return json.dumps(asdict(plan))


if __name__ == "__main__":
    the_plan = read_plan(sys.stdin.read())
    gc.disable()
    json.dump(asdict(play(the_plan)), sys.stdout)
