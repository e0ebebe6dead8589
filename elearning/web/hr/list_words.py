"""What each list of people is called, and what it is for, in words without blame."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from elearning.web.hr.people_list import EXPIRING, JOINERS, LATE, PeopleList


@dataclass(frozen=True, slots=True)
class Nobody:
    """What a list says when nobody stands in it."""

    title: str
    body: str | None


@dataclass(frozen=True, slots=True)
class ListText:
    """A list in words; `file` begins the names of its files."""

    heading: str
    about: str | None
    file: str
    nobody: Nobody


def list_text(listed: PeopleList) -> ListText:
    """Return what a list is called and what it is for."""
    if listed == EXPIRING:
        return ListText(
            _("Expires soon"),
            _(
                "These staff have completed the training, and its validity ends soon. Whoever does "
                "the refresher in time stays valid without a gap."
            ),
            _("expiring"),
            Nobody(_("Nothing expires in this time"), None),
        )
    if listed == LATE:
        return ListText(
            _("Past the date"),
            _(
                "There can be many reasons why a training is not done yet, and nobody has to tell "
                "theirs. Use this list to offer time and help. The training stays open to everyone."
            ),
            _("past-the-date"),
            Nobody(_("Nobody is past the date"), None),
        )
    if listed == JOINERS:
        return ListText(
            _("New"),
            _(
                "These staff have had to hold this training for a short while. They are new, they "
                "changed jobs, or the training is new for their work."
            ),
            _("new"),
            Nobody(_("Nobody was added in this time"), None),
        )
    nobody = Nobody(
        _("Nobody must hold this training yet"),
        _("As soon as staff have been assigned to it, you see here how many have completed it."),
    )
    return ListText(_("Staff"), None, _("staff"), nobody)


def opened_text(days: int | None) -> str:
    """Return within how many days an obligation opened, in words."""
    return _("Any time") if days is None else _("Last %(num)s days", num=days)
