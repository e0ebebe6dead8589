"""What somebody answered so far about a rule: it travels in the address, and nothing is saved."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from elearning.learning.assignment import Rule
from elearning.learning.audience import EVERYBODY, Audience, audience_of
from elearning.services.assign_training import RuleDraft

EVERYONE, CHOSEN = "iedereen", "keuze"
WHO_FIELDS = ("wie", "categorie", "functie", "eenheid", "omvang")
WHEN_FIELDS = ("training", "vanaf", "dagen")
MOST_VALUES = 50
LONGEST_VALUE = 100
LONGEST_NUMBER = 4
CODE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers as they were given, by the name of each field; some may be missing or wrong."""

    given: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Return the only answer of a field, or nothing."""
        return next(iter(self.given.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Return all answers of a field."""
        return self.given.get(name, ())

    def number(self, name: str) -> int | None:
        """Return an answer as a whole number; None for what is none."""
        text = self.one(name)
        is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
        return int(text) if is_number else None

    def day(self, name: str) -> date | None:
        """Return an answer as a day; None for what is none."""
        try:
            return date.fromisoformat(self.one(name))
        except ValueError:
            return None

    def address(self, endpoint: str) -> str:
        """Return where a page is, with the answers in its address."""
        query = urlencode(self.pairs())
        return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)

    def pairs(self, *, but: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Return every answer with its name, but for those of some fields."""
        left_out = set(but)
        return [
            (name, value)
            for name, values in self.given.items()
            if name not in left_out
            for value in values
        ]

    def with_key(self) -> Answers:
        """Return the answers with something of their own, so that twice the same is once."""
        key = (self.one("sleutel") or secrets.token_hex(8),)
        return replace(self, given={**self.given, "sleutel": key})

    @property
    def replaces(self) -> str | None:
        """Return the rule in whose place this one comes."""
        return self.one("regel") or None

    @property
    def audience(self) -> Audience:
        """Return whom it is about."""
        if self.one("wie") == EVERYONE:
            return EVERYBODY
        return Audience(
            self.many("categorie"),
            self.many("functie"),
            self.many("eenheid"),
            self.number("omvang"),
        )

    def draft(self, from_on: date, due_days: int) -> RuleDraft:
        """Return the rule; its code says these very answers, so that it cannot be made twice."""
        digest = sha256(urlencode(self.pairs()).encode()).hexdigest()
        return RuleDraft(
            code=f"r-{digest[:CODE_LENGTH]}",
            training_id=self.one("training"),
            predicate=self.audience.predicate(),
            from_on=from_on,
            until_on=None,
            due_days=due_days,
        )


def read_answers(values: MultiDict[str, str]) -> Answers:
    """Return the answers in a form or an address, in an order of their own."""
    names = (*WHO_FIELDS, *WHEN_FIELDS, "regel", "sleutel")
    given = {
        name: tuple(
            dict.fromkeys(
                value.strip()[:LONGEST_VALUE]
                for value in values.getlist(name)[:MOST_VALUES]
                if value.strip()
            )
        )
        for name in names
    }
    return Answers({name: found for name, found in given.items() if found})


def answers_of(rule: Rule, from_on: date) -> Answers:
    """Return the answers that a change begins with: for whom only where the form can say it."""
    audience = audience_of(rule.predicate)
    given: dict[str, tuple[str, ...]] = {}
    if audience is not None:
        given = {
            "wie": (EVERYONE if audience.is_everyone else CHOSEN,),
            "categorie": audience.categories,
            "functie": audience.tags,
            "eenheid": audience.units,
            "omvang": () if audience.fte_at_least is None else (str(audience.fte_at_least),),
        }
    given |= {
        "training": (rule.training_id,),
        "vanaf": (from_on.isoformat(),),
        "dagen": (str(rule.due_days),),
        "regel": (rule.code,),
    }
    return Answers({name: found for name, found in given.items() if found})
