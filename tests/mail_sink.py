"""A real mail server on this machine that accepts, refuses, drops or hangs, as it is told."""

# ruff: noqa: ANN401 - aiosmtpd has no types

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller

from tests.ports import free_port


@dataclass(slots=True)
class Sink:
    """What was accepted, in order; `moods` says what to do next, and accepting is the usual."""

    moods: list[str] = field(default_factory=list)
    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: Any,
        _session: Any,
        envelope: Any,
        address: str,
        _options: Any,
    ) -> str:
        """Refuse an address when told so."""
        if self.moods and self.moods[0] in {"550", "451"}:
            return f"{self.moods.pop(0)} not this one"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self,
        server: Any,
        _session: Any,
        envelope: Any,
    ) -> str:
        """Accept a message, or break off before it is accepted."""
        mood = self.moods.pop(0) if self.moods else ""
        if mood == "drop":
            server.transport.abort()
            return "451 gone"
        if mood == "hang":
            await asyncio.sleep(3)
            server.transport.abort()
            return "451 too slow"
        self.accepted.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


@contextmanager
def mail_sink(*moods: str) -> Iterator[Sink]:
    """Run a mail server for a while."""
    sink = Sink(list(moods))
    sink.port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
