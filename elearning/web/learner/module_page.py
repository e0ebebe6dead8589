"""A module and its pages as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.library import ServedModule
from elearning.content.rendered import RenderedCheck, RenderedLines
from elearning.services.complete_module import PageProgress
from elearning.web.learner.words import about_minutes
from elearning.web.parts import Choice

NOTHING = PageProgress(option_id=None, is_done=False)


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the list of a module."""

    title: str
    href: str | None
    hint: str
    status_kind: str
    status_text: str


@dataclass(frozen=True, slots=True)
class ModuleStart:
    """The first page of a module."""

    title: str
    minutes: str
    goals: tuple[str, ...]
    content_note: str | None
    is_first_visit: bool
    is_done: bool
    opens: str | None
    next_label: str
    next_href: str
    rows: tuple[PageRow, ...]


@dataclass(frozen=True, slots=True)
class ModulePageView:
    """One page of a module."""

    module_title: str
    module_href: str
    title: str
    number: int
    total: int
    body: Markup
    own_lines: RenderedLines | None
    question: Markup | None
    choices: tuple[Choice, ...]
    chosen: str | None
    is_answered: bool
    errors: tuple[tuple[str, str], ...]
    previous_href: str | None
    next_href: str
    next_label: str
    action: str
    pause_href: str


def module_start(
    module_id: str,
    served: ServedModule,
    progress: Mapping[str, PageProgress],
    lang: str,
    *,
    opens: str | None,
) -> ModuleStart:
    """Return the first page: what it is about, where the learner is, and when it `opens`."""
    text, module = served.rendered[lang], served.module
    open_pages = [page for page in module.pages if not progress.get(page.id, NOTHING).is_done]
    missing = [page for page in open_pages if not page.is_optional]
    first = (missing or open_pages or list(module.pages))[0]
    return ModuleStart(
        title=text.title,
        minutes=about_minutes(module.minutes),
        goals=text.goals,
        content_note=text.content_note,
        is_first_visit=not progress,
        is_done=not missing,
        opens=opens,
        next_label=_next_label(has_begun=bool(progress), is_done=not missing),
        next_href=url_for("module.page", module_id=module_id, page_id=first.id),
        rows=tuple(
            PageRow(
                title=text.pages[page.id].title,
                href=None
                if opens
                else url_for("module.page", module_id=module_id, page_id=page.id),
                hint=_("may be skipped") if page.is_optional else "",
                status_kind="done" if progress.get(page.id, NOTHING).is_done else "todo",
                status_text=_page_status(progress.get(page.id, NOTHING)),
            )
            for page in module.pages
        ),
    )


def _next_label(*, has_begun: bool, is_done: bool) -> str:
    if is_done:
        return _("Read again")
    return _("Continue") if has_begun else _("Begin")


def _page_status(progress: PageProgress) -> str:
    if progress.is_done:
        return _("Already read")
    return _("Open") if progress.option_id is None else _("Try another answer")


def module_page(
    module_id: str,
    page_id: str,
    served: ServedModule,
    progress: PageProgress,
    lang: str,
    *,
    has_error: bool,
) -> ModulePageView:
    """Return one page; feedback stands beneath the answer that was given last."""
    module, text = served.module, served.rendered[lang]
    page, number = text.pages[page_id], [each.id for each in module.pages].index(page_id)
    following = module.after(page_id)
    return ModulePageView(
        module_title=text.title,
        module_href=url_for("module.start", module_id=module_id),
        title=page.title,
        number=number + 1,
        total=len(module.pages),
        body=page.body,
        own_lines=page.own_lines,
        question=None if page.check is None else page.check.question,
        choices=() if page.check is None else _choices(page.check, progress.option_id),
        chosen=progress.option_id,
        is_answered=progress.option_id is not None,
        errors=((_("Choose an answer"), "option"),) if has_error else (),
        previous_href=None
        if number == 0
        else url_for("module.page", module_id=module_id, page_id=module.pages[number - 1].id),
        next_href=url_for("module.start", module_id=module_id)
        if following is None
        else url_for("module.page", module_id=module_id, page_id=following.id),
        next_label=_("To the overview of this part") if following is None else _("Continue"),
        action=url_for("module.answer", module_id=module_id, page_id=page_id),
        pause_href=url_for(
            "support.pause", terug=url_for("module.page", module_id=module_id, page_id=page_id)
        ),
    )


def _choices(check: RenderedCheck, chosen: str | None) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value=option.id,
            label=option.text,
            verdict=option.verdict.value if option.id == chosen else None,
            why=option.why if option.id == chosen else None,
        )
        for option in check.options
    )
