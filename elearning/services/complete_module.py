"""Go through a module: a page is done when it was read and its check was answered well once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.content.modules import Page, Verdict
from elearning.errors import InvalidInput, NotFound
from elearning.services.learning_key import ensure_learning_key
from elearning.storage.learning_state import LearningLink, ModulePage
from elearning.storage.statements import insert_if_absent

# Looking a page up again within this time leaves its day as it was: else it would put off the next
# sitting. Much later it is reading anew, and a renewal counts it.
STAYS_DONE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PageProgress:
    """What is kept of one page: the last answer, and whether it is done."""

    option_id: str | None
    is_done: bool


def pages_of(session: Session, *, person_id: UUID, module_id: str) -> Mapping[str, PageProgress]:
    """Return the person's progress per page of one module."""
    rows = session.execute(
        select(ModulePage.page_id, ModulePage.option_id, ModulePage.done_on)
        .join(LearningLink, LearningLink.learning_key == ModulePage.learning_key)
        .where(LearningLink.person_id == person_id, ModulePage.module_id == module_id)
    ).all()
    return {row.page_id: PageProgress(row.option_id, row.done_on is not None) for row in rows}


def read_page(
    session: Session,
    *,
    library: Library,
    person_id: UUID,
    module_id: str,
    page_id: str,
    clock: Clock,
) -> None:
    """Note that a page was read; one with a check is done only by answering it."""
    page = _page(library, module_id, page_id)
    done_on = clock.today() if page.check is None else None
    _keep(session, person_id=person_id, module_id=module_id, page_id=page_id, done_on=done_on)


def answer_check(
    session: Session,
    *,
    library: Library,
    person_id: UUID,
    module_id: str,
    page_id: str,
    option_id: str,
    clock: Clock,
) -> Verdict:
    """Keep the last answer of a check, and the page as done once an answer fitted.

    Completion never regresses: trying another option afterwards leaves the page done.
    """
    page = _page(library, module_id, page_id)
    option = page.check.option(option_id) if page.check is not None else None
    if option is None:
        raise InvalidInput(f"{option_id!r} is not an option of this page")
    done_on = clock.today() if option.verdict is Verdict.FITS else None
    _keep(
        session,
        person_id=person_id,
        module_id=module_id,
        page_id=page_id,
        done_on=done_on,
        option_id=option_id,
    )
    return option.verdict


def _page(library: Library, module_id: str, page_id: str) -> Page:
    page = library.module(module_id).module.page(page_id)
    if page is None:
        raise NotFound(f"module {module_id!r} has no page {page_id!r}")
    return page


def _keep(
    session: Session,
    *,
    person_id: UUID,
    module_id: str,
    page_id: str,
    done_on: date | None,
    option_id: str | None = None,
) -> None:
    key = {
        "learning_key": ensure_learning_key(session, person_id=person_id),
        "module_id": module_id,
        "page_id": page_id,
    }
    if insert_if_absent(session, ModulePage, {**key, "option_id": option_id, "done_on": done_on}):
        return
    page = update(ModulePage).filter_by(**key)
    if option_id is not None:
        session.execute(page.values(option_id=option_id))
    if done_on is not None:
        is_old = or_(ModulePage.done_on.is_(None), ModulePage.done_on < done_on - STAYS_DONE)
        session.execute(page.where(is_old).values(done_on=done_on))
