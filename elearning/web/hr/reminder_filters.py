"""What an address of the page with reminders asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import url_for

from elearning.learning.reminders import Why
from elearning.web.hr.filters import one_of, page_number


@dataclass(frozen=True, slots=True)
class AskedReminders:
    """A training, a unit, and whose names: who gets a message, or who gets none for one reason."""

    training_id: str
    unit_code: str
    group: Why | None
    page: int

    def of_group(self, group: Why | None) -> AskedReminders:
        """Return the same question about other people, from the first page."""
        return replace(self, group=group, page=1)

    def on_page(self, page: int) -> AskedReminders:
        """Return the same question, another page."""
        return replace(self, page=page)

    def address(self) -> str:
        """Return the address of the page."""
        return url_for(
            "reminders.show",
            training=self.training_id,
            eenheid=self.unit_code or None,
            groep=self.group,
            pagina=None if self.page == 1 else self.page,
        )

    def confirm_address(self) -> str:
        """Return where the button goes that queues them."""
        return url_for("reminders.queue", training=self.training_id, eenheid=self.unit_code or None)


def read_reminders(args: Mapping[str, str], *, usual_training: str) -> AskedReminders:
    """Return the question in an address; what cannot be understood is left out."""
    return AskedReminders(
        training_id=args.get("training") or usual_training,
        unit_code=args.get("eenheid", ""),
        group=one_of(Why, args.get("groep", "")),
        page=page_number(args.get("pagina", "")),
    )
