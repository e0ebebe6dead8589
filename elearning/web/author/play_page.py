"""One turn of a play-through as a value: as a learner has it, with the counters beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.scenario.model import Node
from elearning.scenario.play import offered
from elearning.web.author.addresses import Tab, node_link, play_href, tabs
from elearning.web.author.counters import Counters, counters
from elearning.web.author.play import Play
from elearning.web.author.words import ending_status
from elearning.web.i18n import LANGUAGES
from elearning.web.learner.words import nothing_chosen, question, send_label
from elearning.web.medium import me, medium_mark, reply_mark
from elearning.web.parts import Choice, Link, Status, Turn

TURN = "beurt"


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the previous choice did, and why."""

    speaker: str
    felt: Markup | None
    why: Markup


@dataclass(frozen=True, slots=True)
class PlayPage:
    """Everything the template shows; `lang` is that of the conversation."""

    title: str
    browser_title: str
    tabs: tuple[Tab, ...]
    lang: str
    languages: tuple[tuple[str, Link, bool], ...]
    notices: tuple[str, ...]
    number: int
    turns: tuple[Turn, ...]
    reaction: Reaction | None
    ending: Status | None
    legend: str
    choices: tuple[Choice, ...]
    send_label: str
    action: str
    hidden: tuple[tuple[str, str], ...]
    errors: tuple[tuple[str, str], ...]
    node: Link
    ways: tuple[Link, ...]
    counters: Counters


@dataclass(frozen=True, slots=True)
class PlayBuilder:
    """Puts one turn of a play-through together."""

    play: Play
    shortest: Link | None

    def page(self, *, answered: int) -> PlayPage:
        """Return the page; `answered` is the turn that was sent, chosen or not (0: none)."""
        play, node = self.play, self.play.node
        number = play.position.turn
        is_unchosen = not play.is_over and not play.left_over and answered == number
        choices = self._choices()
        return PlayPage(
            title=play.text.title,
            browser_title=_("Try it out: %(title)s", title=play.text.title),
            tabs=tabs(play.manuscript, "author.play"),
            lang=play.text.lang,
            languages=tuple(self._languages()),
            notices=tuple(self._notices(has_choices=bool(choices))),
            number=number,
            turns=tuple(self._spoken()),
            reaction=self._reaction(),
            ending=None if node.ending is None else ending_status(node.ending),
            legend=question(node.ask, node.medium),
            choices=choices,
            send_label=send_label(node.ask, node.medium),
            action=f"{url_for('author.play', scenario_id=play.scenario.id)}#beurt-{number + 1}",
            hidden=tuple(self._hidden()),
            errors=((nothing_chosen(node.ask, node.medium), "keuze"),)
            if is_unchosen and choices
            else (),
            node=node_link(play.manuscript, node.id),
            ways=tuple(self._ways()),
            counters=counters(play),
        )

    def _languages(self) -> Iterator[tuple[str, Link, bool]]:
        """Yield the languages in which this very play can be read, and which one it is in."""
        play = self.play
        for lang, name in LANGUAGES.items():
            if lang in play.manuscript.rendered:
                href = play_href(play.manuscript, play.position.path, start=play.start, lang=lang)
                yield lang, Link(name, href), lang == play.text.lang

    def _notices(self, *, has_choices: bool) -> Iterator[str]:
        play = self.play
        if play.left_over:
            choices = ", ".join(play.left_over)
            yield _("This is as far as it goes: %(choices)s is not on offer here.", choices=choices)
        if play.start is not None:
            yield _(
                "This play begins at %(node)s with nothing said or done yet. "
                "What depends on earlier choices may be missing.",
                node=play.start,
            )
        if not has_choices and not play.is_over:
            yield _("Nothing is on offer here, and this is not an ending.")

    def _spoken(self) -> Iterator[Turn]:
        play = self.play
        for turn in play.turns():
            node = play.scenario.nodes[turn.node_id]
            words = play.text.nodes[turn.node_id]
            is_last = turn.choice_id is None
            yield Turn(
                turn.number,
                self._speaker(node),
                words.body,
                is_me=False,
                is_current=is_last,
                medium=medium_mark(node),
            )
            if turn.choice_id is not None:
                said = words.choices[turn.choice_id].say
                yield Turn(turn.number, me(node), said, is_me=True, medium=reply_mark(node))

    def _speaker(self, node: Node) -> str:
        """Return who speaks, or the node itself where nobody does."""
        return self.play.speaker(node) or node.id

    def _reaction(self) -> Reaction | None:
        play = self.play
        if not play.position.path:
            return None
        before = play.turns()[-2]
        node = play.scenario.nodes[before.node_id]
        words = play.text.nodes[node.id].choices[play.position.path[-1]]
        return Reaction(self._speaker(node), words.felt, words.why)

    def _choices(self) -> tuple[Choice, ...]:
        """Return what is on offer, in the order of the file; learners have it shuffled."""
        play = self.play
        words = play.text.nodes[play.node.id].choices
        on_offer = () if play.is_over else offered(play.scenario, play.position)
        return tuple(Choice(value=each.id, label=words[each.id].say) for each in on_offer)

    def _hidden(self) -> Iterator[tuple[str, str]]:
        """Yield what the form sends along, so that the next address holds the whole play."""
        if self.play.start is not None:
            yield "vanaf", self.play.start
        yield "taal", self.play.text.lang
        for choice_id in self.play.position.path:
            yield "keuze", choice_id
        yield TURN, str(self.play.position.turn)

    def _ways(self) -> Iterator[Link]:
        play, lang = self.play, self.play.text.lang
        path = play.position.path
        if path:
            href = play_href(play.manuscript, path[:-1], start=play.start, lang=lang)
            yield Link(_("One choice back"), href)
        if path or play.start is not None:
            yield Link(_("From the beginning"), play_href(play.manuscript, lang=lang))
        if play.start is not None and self.shortest is not None:
            yield self.shortest
