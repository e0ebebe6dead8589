"""`elearning send-mail`: send what waits in the outbox; run it every few minutes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import click
from sqlalchemy import Engine

from elearning.clock import Clock, SystemClock
from elearning.config import Settings, read_settings
from elearning.content.library import Library, load_library
from elearning.content.sources import content_root
from elearning.integrations.letters import Sender
from elearning.integrations.smtp_post import SmtpPost
from elearning.services.queue_reminders import queue_all_reminders
from elearning.services.send_messages import Drained, Sending, send_messages
from elearning.storage.engine import build_engine, one_transaction
from elearning.web.factory import ADDRESSES

SECONDS_BETWEEN = 60


@click.command()
@click.option("--once/--keep-on", default=True, help="One round (default), or one every minute.")
@click.option("--remind/--no-remind", default=False, help="First queue the reminders that are due.")
def command(
    once: bool,  # noqa: FBT001 - click hands options in by name
    remind: bool,  # noqa: FBT001 - the same
) -> None:
    """Send what waits, in working hours; several may run at once."""
    settings = read_settings(os.environ)
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    engine = build_engine(settings.database_url)
    remind = remind and library.institution.messages.has_reminders
    try:
        sending = sending_of(settings, library, engine, SystemClock())
        _round(settings, sending, remind=remind)
        while not once:
            sys.stdout.flush()
            time.sleep(SECONDS_BETWEEN)
            _round(settings, sending, remind=remind)
    finally:
        engine.dispose()


def _round(settings: Settings, sending: Sending, *, remind: bool) -> None:
    if remind:
        _queue(sending)
    if settings.has_mail:
        _say(send_messages(sending))
    else:
        click.echo("Mail is not set up (ELEARNING_SMTP_HOST); messages wait.")


def sending_of(
    settings: Settings,
    library: Library,
    engine: Engine,
    clock: Clock,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Sending:
    """Return what it takes to send, with the mail server of the settings."""
    institution = library.institution
    sender = Sender(settings.smtp_from or "", institution.name, settings.base_url)
    return Sending(
        begin=lambda: one_transaction(engine),
        post=SmtpPost(settings, sender, clock),
        trainings=library.trainings,
        closures=institution.messages.closures,
        clock=clock,
        is_stopping=is_stopping,
    )


def _queue(sending: Sending) -> None:
    with sending.begin() as session:
        queued = queue_all_reminders(
            session,
            trainings=sending.trainings,
            closures=sending.closures,
            clock=sending.clock,
        )
    click.echo(f"Queued: {queued} reminders.")


def _say(done: Drained) -> None:
    text = f"Sent {done.sent}, given up {done.given_up}, again later {done.later}."
    click.echo(text if done.is_reachable else f"{text} The mail server cannot be reached.")
