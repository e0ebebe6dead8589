"""The two questions about a rule: what can be answered, and what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from elearning.learning.assignment import LEAST_NOTICE_DAYS, Rule
from elearning.learning.predicate import FULL_TIME, HasCategory, HasTag
from elearning.learning.training import Training
from elearning.services.assign_training import LONGEST_TERM_DAYS
from elearning.services.hr_scope import HrScope
from elearning.services.roster_row import CATEGORIES
from elearning.services.unit_tree import UnitNode
from elearning.web.hr.assignment_answers import CHOSEN, EVERYONE, Answers
from elearning.web.hr.words import days_text
from elearning.web.parts import Choice
from elearning.web.rule_words import applies_text, who_text

Problems = dict[str, str]
LONGEST_WAIT_DAYS = 731


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose from: functions in use, and the units of today."""

    tags: tuple[str, ...]
    scope: HrScope

    @property
    def units(self) -> Mapping[str, UnitNode]:
        """Return the units by their codes."""
        return {unit.code: unit for unit in self.scope.units.values()}


@dataclass(frozen=True, slots=True)
class WhoPage:
    """The first question."""

    answers: Answers
    problems: Problems
    who: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    units: tuple[Choice, ...]
    changes: str | None
    hidden: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WhenPage:
    """The second question; a change keeps its training."""

    answers: Answers
    problems: Problems
    applies: str
    trainings: tuple[tuple[str, str], ...]
    fixed_training: str | None
    from_on: str
    days: str
    policy: str
    hidden: list[tuple[str, str]]
    back: str


def who_problems(answers: Answers, options: Options) -> Problems:
    """Return what is wrong with the first answer, by field."""
    return dict(_who_problems(answers, options))


def _who_problems(answers: Answers, options: Options) -> Iterator[tuple[str, str]]:
    if answers.one("wie") not in {EVERYONE, CHOSEN}:
        yield "wie", _("Choose everyone, or only some")
        return
    if answers.one("wie") == EVERYONE:
        return
    if answers.one("omvang") and not 0 < (answers.number("omvang") or 0) <= FULL_TIME:
        yield "omvang", _("Fill in a whole number from 1 to 100, or nothing")
    if not set(answers.many("eenheid")) <= set(options.units):
        yield "eenheid", _("One of the units is not there any more. Choose again.")
    if not set(answers.many("categorie")) <= set(CATEGORIES.values()):
        yield "categorie", _("Choose from this list")
    if not set(answers.many("functie")) <= set(options.tags):
        yield "functie", _("Choose from this list")
    if answers.audience.is_everyone and not answers.one("omvang"):
        yield "categorie", _("Choose at least one category, function, unit or size of appointment")


def when_problems(answers: Answers, trainings: Mapping[str, Training], today: date) -> Problems:
    """Return what is wrong with the second answer, by field."""
    return dict(_when_problems(answers, trainings, today))


def _when_problems(
    answers: Answers, trainings: Mapping[str, Training], today: date
) -> Iterator[tuple[str, str]]:
    if answers.one("training") not in trainings:
        yield "training", _("Choose a training")
    from_on, days = answers.day("vanaf"), answers.number("dagen")
    if from_on is None:
        yield "vanaf", _("Fill in a day")
    elif not today <= from_on <= today + timedelta(days=LONGEST_WAIT_DAYS):
        yield "vanaf", _("Choose today or a later day, within two years")
    if days is None or not LEAST_NOTICE_DAYS <= days <= LONGEST_TERM_DAYS:
        yield (
            "dagen",
            _(
                "Fill in a whole number from %(least)s to %(most)s",
                least=LEAST_NOTICE_DAYS,
                most=LONGEST_TERM_DAYS,
            ),
        )


def who_page(
    answers: Answers, options: Options, problems: Problems, *, changes: Rule | None, lang: str
) -> WhoPage:
    """Return the first page; `changes` is the rule in whose place this one comes."""
    names = options.units
    categories = sorted(set(CATEGORIES.values()))
    return WhoPage(
        answers=answers,
        problems=problems,
        who=(
            Choice(EVERYONE, _("Everyone who works here")),
            Choice(CHOSEN, _("Only some"), hint=_("Those who fit what you choose below.")),
        ),
        categories=tuple(Choice(each, _as_label(HasCategory(each), lang)) for each in categories),
        tags=tuple(Choice(each, _as_label(HasTag(each), lang)) for each in options.tags),
        units=tuple(
            _unit_choice(unit, options, lang) for unit, _depth in options.scope.written_down()
        ),
        changes=None if changes is None else applies_text(changes.predicate, names, lang),
        hidden=answers.pairs(but=("wie", "categorie", "functie", "eenheid", "omvang")),
    )


def _as_label(leaf: HasCategory | HasTag, lang: str) -> str:
    text = who_text(leaf, {}, lang)
    return text[0].upper() + text[1:]


def _unit_choice(unit: UnitNode, options: Options, lang: str) -> Choice:
    above = options.scope.units.get(unit.parent_id or 0)
    return Choice(unit.code, unit.name(lang), hint=None if above is None else above.name(lang))


def when_page(
    answers: Answers,
    trainings: Mapping[str, Training],
    problems: Problems,
    *,
    applies: str,
    today: date,
    lang: str,
) -> WhenPage:
    """Return the second page; what was not answered yet begins with what the training says."""
    chosen = trainings.get(answers.one("training"), next(iter(trainings.values())))
    titles = tuple((each.id, each.title[lang]) for each in trainings.values())
    return WhenPage(
        answers=answers,
        problems=problems,
        applies=applies,
        trainings=titles,
        fixed_training=chosen.title[lang] if answers.replaces else None,
        from_on=answers.one("vanaf") or today.isoformat(),
        days=answers.one("dagen") or str(chosen.validity.due_days),
        policy=_policy(trainings, lang),
        hidden=answers.pairs(but=("vanaf", "dagen", *([] if answers.replaces else ["training"]))),
        back=answers.address("assignment.who"),
    )


def _policy(trainings: Mapping[str, Training], lang: str) -> str:
    return _(
        "Counted from the day on which it begins to apply to somebody. Usual: %(usual)s. "
        "Nobody gets less than %(least)s days.",
        usual=_usual_days(trainings, lang),
        least=LEAST_NOTICE_DAYS,
    )


def _usual_days(trainings: Mapping[str, Training], lang: str) -> str:
    """Return the days that the trainings have by themselves: once where they are all the same."""
    days = {each.id: each.validity.due_days for each in trainings.values()}
    if len(set(days.values())) == 1:
        return days_text(next(iter(days.values())))
    return "; ".join(f"{trainings[key].title[lang]}: {days_text(num)}" for key, num in days.items())
