"""One worker as a process of its own: sends what waits at a moment that stands still, and ends."""

from __future__ import annotations

import sys

from elearning.config import read_settings
from elearning.integrations.letters import Sender
from elearning.integrations.smtp_post import SmtpPost
from elearning.services.send_messages import Sending, send_messages
from elearning.storage.engine import build_engine, one_transaction
from tests.builders import TRAINING
from tests.databases import frozen_clock
from tests.trainings import a_training

NAMES = {"nl": "Voorbeelduniversiteit", "en": "Example University"}


def main(database_url: str, port: str) -> None:
    """Send to the mail server at a port of this machine, and say how much."""
    engine, clock = build_engine(database_url), frozen_clock()
    settings = read_settings(
        {
            "ELEARNING_MODE": "demo",
            "ELEARNING_SECRET_KEY": "0" * 32,
            "ELEARNING_SMTP_HOST": "127.0.0.1",
            "ELEARNING_SMTP_PORT": port,
            "ELEARNING_SMTP_TLS": "none",
            "ELEARNING_SMTP_FROM": "leren@instelling.example",
        }
    )
    sender = Sender("leren@instelling.example", NAMES, "https://leren.instelling.example")
    post = SmtpPost(settings, sender, clock)
    trainings = {TRAINING: a_training(), "adviser": a_training("adviser")}
    done = send_messages(Sending(lambda: one_transaction(engine), post, trainings, (), clock))
    engine.dispose()
    sys.stdout.write(f"{done.sent}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
