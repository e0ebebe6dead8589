"""What an institution says about messages in its overlay; all of it can be left out."""

from __future__ import annotations

from dataclasses import dataclass

from elearning.learning.reminders import Closure
from elearning.strict_yaml import Located
from elearning.yaml_fields import Reader, read_fields

EXTENSION_DAYS = 14


@dataclass(frozen=True, slots=True)
class MessagePolicy:
    """Whether there are reminders at all, when the institution is closed, how much more time.

    `extension_days` is by how many days a learner may put off a due day, once; 0 is not at all.
    """

    closures: tuple[Closure, ...]
    extension_days: int
    has_reminders: bool


def read_message_policy(reader: Reader) -> MessagePolicy:
    """Read `closed`, `extension_days` and `reminders`."""
    days = reader.optional_number("extension_days")
    if days is not None and days < 0:
        reader.wrong("extension_days", "is 0 or more")
    return MessagePolicy(
        closures=tuple(_closure(item, reader) for item in reader.records("closed")),
        extension_days=EXTENSION_DAYS if days is None else days,
        has_reminders=reader.boolean("reminders", default=True),
    )


def _closure(item: Located, reader: Reader) -> Closure:
    with read_fields(item, reader.findings) as fields:
        found = Closure(fields.day("from"), fields.day("until"))
        if found.until_on <= found.from_on:
            fields.wrong("until", "is the first day the institution is open again, after `from`")
    return found
