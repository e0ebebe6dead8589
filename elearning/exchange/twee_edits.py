"""What someone changed in a Twee file of ours: the words, the links and the passages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from elearning.exchange.draft import plain_choice
from elearning.exchange.names import Ids
from elearning.exchange.plain_text import as_body, one_line
from elearning.exchange.remarks import Remarks
from elearning.exchange.twee import Passage
from elearning.exchange.twee_carried import passage_text
from elearning.exchange.twee_links import Link, link_text, links_in, trailing_links
from elearning.scenario.model import (
    Choice,
    ChoiceId,
    ChoiceText,
    EndingKind,
    Node,
    NodeId,
    NodeText,
)


@dataclass(frozen=True, slots=True)
class Edited:
    """A node as it is now, with its words in the language of the passages."""

    node: Node
    words: NodeText


@dataclass(frozen=True, slots=True)
class Edits:
    """Compares passages with the nodes they carry; `ids` finds the node of a passage's name."""

    file: str
    ids: Mapping[str, NodeId]
    may_change_logic: bool
    remarks: Remarks

    def of(self, passage: Passage, node: Node, words: NodeText) -> Edited | None:
        """Return the node as the passage has it now; None where nothing was changed."""
        if passage.text == passage_text(node, words) and self._leads_home(node):
            return None
        place = f"{self.file}:{passage.line}"
        body, links = trailing_links(passage.text)
        for link in links_in(body):
            self.remarks.lost(
                place, f"link {link.label!r}: put it on a line of its own, at the end"
            )
        pairs = list(self._choices(links, node, words, place))
        now = replace(node, choices=tuple(choice for choice, _ in pairs))
        said_now = NodeText(as_words(body), {choice.id: said for choice, said in pairs})
        if (now, said_now) == (node, words):
            return None
        return Edited(self._with_ending(now, place), said_now)

    def _leads_home(self, node: Node) -> bool:
        known = {*self.ids.values()}
        return all(each.leads_to in known for each in node.choices)

    def _choices(
        self, links: Iterable[Link], node: Node, words: NodeText, place: str
    ) -> Iterator[tuple[Choice, ChoiceText]]:
        left = {each.id: each for each in node.choices}
        ids = Ids("keuze")
        for taken in left:
            ids.keep(taken)
        for link, choice in _matched(links, node, words):
            to = self.ids.get(link.target)
            if to is None:
                self.remarks.lost(place, f"link {link.label!r}: no passage {link.target!r}")
            elif choice is not None:
                left.pop(choice.id)
                yield self._changed(choice, words.choices[choice.id], link, to, place)
            elif self.may_change_logic:
                fresh = ChoiceId(ids.new(link.label))
                yield plain_choice(fresh, to), ChoiceText(one_line(link.label), None, "")
            else:
                self.remarks.lost(place, f"link {link.label!r}: add it in the source language")
        for gone in left.values():
            if self.may_change_logic:
                self.remarks.lost(place, f"choice {gone.id!r}: there is no link for it any more")
            else:
                yield gone, words.choices[gone.id]

    def _changed(
        self, choice: Choice, said: ChoiceText, link: Link, to: NodeId, place: str
    ) -> tuple[Choice, ChoiceText]:
        if to != choice.leads_to and not self.may_change_logic:
            self.remarks.lost(
                place, f"link {link.label!r}: change its target in the source language"
            )
            to = choice.leads_to
        is_same = link_text(said.say, "") == link_text(link.label, "")
        say = said.say if is_same else one_line(link.label)
        return replace(choice, leads_to=to), replace(said, say=say)

    def _with_ending(self, node: Node, place: str) -> Node:
        if node.choices and node.ending is not None:
            self.remarks.changed(place, f"node {node.id!r}: it leads on, so it is no ending")
            return replace(node, ending=None)
        if not node.choices and node.ending is None:
            self.remarks.changed(place, f"node {node.id!r}: an ending now, noted as `ok`")
            return replace(node, ending=EndingKind.OK)
        return node


def as_words(body: str) -> str:
    """Return a changed text with its placeholders, which are ours here."""
    return as_body(body).replace("{ {", "{{").replace("} }", "}}")


def _matched(
    links: Iterable[Link], node: Node, words: NodeText
) -> Iterator[tuple[Link, Choice | None]]:
    """Yield each link with the choice it was: the same, else the same words, else the same end."""
    rest = list(node.choices)
    found: dict[int, Choice] = {}
    listed = list(links)
    for is_like in (_is_same, _has_same_words, _has_same_target):
        for place, link in enumerate(listed):
            fits = (each for each in rest if is_like(link, each, words.choices[each.id]))
            choice = next(fits, None) if place not in found else None
            if choice is not None:
                found[place] = choice
                rest.remove(choice)
    for place, link in enumerate(listed):
        yield link, found.get(place)


def _is_same(link: Link, choice: Choice, said: ChoiceText) -> bool:
    return _has_same_words(link, choice, said) and _has_same_target(link, choice, said)


def _has_same_words(link: Link, _choice: Choice, said: ChoiceText) -> bool:
    return link_text(link.label, "") == link_text(said.say, "")


def _has_same_target(link: Link, choice: Choice, _said: ChoiceText) -> bool:
    return link.target == choice.leads_to
