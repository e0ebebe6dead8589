"""How people meet at a moment of a scenario, in the words of a page."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.scenario.model import Ask, Medium, Node
from elearning.web.parts import MediumMark


def medium_label(medium: Medium) -> str:
    """Return what a page says about a medium; nothing where people are face to face."""
    return {
        Medium.IN_PERSON: "",
        Medium.EMAIL: _("Email"),
        Medium.CHAT: _("In a chat"),
        Medium.GROUP_CHAT: _("In a group chat, others read along"),
        Medium.CLASSROOM: _("In class, others are listening"),
        Medium.PHONE: _("On the phone"),
        Medium.VIDEO: _("In a video call"),
    }[medium]


def medium_mark(node: Node) -> MediumMark | None:
    """Return how the other is met at this node; None where it is face to face."""
    label = medium_label(node.medium)
    return MediumMark(node.medium, label) if label else None


def reply_mark(node: Node) -> MediumMark | None:
    """Return how the learner's reply goes; None where it is no reply, or goes face to face."""
    return medium_mark(node) if node.ask is Ask.SAY else None


def me(node: Node) -> str:
    """Return how the learner is named above their own line."""
    is_written = node.ask is Ask.SAY and node.medium.is_written
    return _("You write") if is_written else _("You")
