"""Give a role in the browser: not to oneself, not to who has left, and twice the same is once.

The command line has none of these rules: whoever has it has the database (docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict
from elearning.services.grant_role import GIVING, give_role
from elearning.services.role_receiver import Receiver, find_receiver
from elearning.services.role_wish import Refusal, Wish, latest_end, refusals, same_role
from elearning.services.unit_tree import read_tree
from elearning.storage.people import RoleGrant
from elearning.storage.statements import one_at_a_time


class RoleRefused(Conflict):
    """The role was not given; `refusals` says everything that is in the way."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        """Keep what is in the way."""
        super().__init__(f"the role cannot be given: {', '.join(refusals)}")
        self.refusals = refusals


def hand_out_role(
    session: Session, *, wish: Wish, trainings: Container[str], given_by: UUID, clock: Clock
) -> RoleGrant:
    """Give the role from today on; raises `RoleRefused` with everything that is in the way.

    The same wish by the same person on the same day is the same role: a button that was pressed
    twice gives, logs and tells once.
    """
    one_at_a_time(session, GIVING)
    before = same_role(session, wish, clock.today())
    if before is not None and _is_again(before, wish, given_by, clock.today()):
        return before
    found = hand_out_refusals(
        session, wish=wish, trainings=trainings, given_by=given_by, today=clock.today()
    )
    if found:
        raise RoleRefused(found)
    return give_role(session, wish=wish, trainings=trainings, given_by=given_by, clock=clock)


def hand_out_refusals(
    session: Session, *, wish: Wish, trainings: Container[str], given_by: UUID, today: date
) -> tuple[Refusal, ...]:
    """Return everything for which this person cannot give this role; nothing where they can."""
    whom = find_receiver(session, number=wish.person_number, today=today)
    of_person = person_refusal(whom, given_by)
    found = (
        *([] if of_person is None else [of_person]),
        *refusals(session, wish=wish, trainings=trainings, today=today),
    )
    if wish.unit_code is not None and read_tree(session, day=today).find(wish.unit_code) is None:
        found = (*found, Refusal.NO_UNIT)
    return tuple(dict.fromkeys(found))


def person_refusal(whom: Receiver | None, given_by: UUID) -> Refusal | None:
    """Return why somebody can get no role at all from this person."""
    if whom is None:
        return Refusal.NOBODY
    if whom.id == given_by:
        return Refusal.OWN
    return Refusal.LEFT if whom.has_left else None


def _is_again(before: RoleGrant, wish: Wish, given_by: UUID, today: date) -> bool:
    until_on = wish.until_on or latest_end(today)
    asked = given_by, today, until_on
    return (before.given_by, before.from_on, before.until_on) == asked
