"""The states of a learner's own pages: task list, modules, conversations, reading, questions."""

from __future__ import annotations

from tests.e2e.cast import (
    MODULE,
    OTHER_READING,
    OTHER_TALK,
    QUESTIONS,
    READING,
    SPECIAL_TALK,
    TALK,
)
from tests.e2e.pages import Visitor
from tests.e2e.plays import good_play
from tests.e2e.stage import PageState, Stage, States

LEARNING = States()
# A conversation in a group chat that goes on in private.
IN_WRITING, CHATTED = "v02-bericht", 2

LEARNING.own("learner.home", "home at the start", "/", lambda cast: cast.newcomer)
LEARNING.own("learner.home", "home midway", "/", lambda cast: cast.busy)
LEARNING.own("learner.home", "home past the date", "/", lambda cast: cast.late)
LEARNING.own(
    "learner.home", "home with one slip too many", "/", lambda cast: cast.one_slip_too_many
)
LEARNING.own("learner.home", "home before the next sitting", "/", lambda cast: cast.early)
LEARNING.own("learner.home", "home with another try", "/", lambda cast: cast.trying)
LEARNING.own("learner.home", "home after a year", "/", lambda cast: cast.refreshing)
LEARNING.own("learner.home", "home when done", "/", lambda cast: cast.holder)
LEARNING.own("learner.home", "home before renewal", "/", lambda cast: cast.renewing)
LEARNING.own("learner.home", "home after expiry", "/", lambda cast: cast.lapsed)
LEARNING.own("learner.home", "home without training", "/", lambda cast: cast.free)
LEARNING.own("learner.home", "home of an adviser", "/", lambda cast: cast.adviser)
LEARNING.own("learner.home", "home of someone of HR", "/", lambda cast: cast.officer)

LEARNING.own("module.start", "module", f"/onderdeel/{MODULE}", lambda cast: cast.newcomer)
LEARNING.own("module.start", "module midway", f"/onderdeel/{MODULE}", lambda cast: cast.busy)
LEARNING.own("module.start", "module when done", "/onderdeel/m0", lambda cast: cast.busy)
LEARNING.own("play.start", "conversation", f"/oefenen/{TALK}", lambda cast: cast.newcomer)
LEARNING.own("play.start", "conversation to go on with", f"/oefenen/{TALK}", lambda cast: cast.busy)
LEARNING.own(
    "play.start", "conversation had before", f"/oefenen/{TALK}", lambda cast: cast.experienced
)
LEARNING.own("play.start", "reading", f"/oefenen/{READING}", lambda cast: cast.newcomer)
LEARNING.own("play.start", "questions", f"/oefenen/{QUESTIONS}", lambda cast: cast.newcomer)


@LEARNING.shows("module.page")
def module_page(stage: Stage) -> Visitor:
    return stage.open(stage.cast.plain_page, stage.cast.newcomer)


@LEARNING.shows("module.page")
def module_page_with_a_question(stage: Stage) -> Visitor:
    return stage.open(f"/onderdeel/{MODULE}/{stage.cast.asking_page.id}", stage.cast.newcomer)


@LEARNING.shows("module.page")
def module_page_with_feedback(stage: Stage) -> Visitor:
    return stage.open(f"/onderdeel/{MODULE}/{stage.cast.asking_page.id}", stage.cast.busy)


@LEARNING.shows("module.page")
def module_page_with_nothing_chosen(stage: Stage) -> Visitor:
    visitor = module_page_with_a_question(stage)
    visitor.send()
    return visitor


@LEARNING.shows("play.turn")
def first_turn(stage: Stage) -> Visitor:
    someone = stage.cast.newcomer
    run = someone.play(TALK, ())
    return stage.open(f"/oefenen/{TALK}/{run}/1", someone)


@LEARNING.shows("play.turn")
def turn_with_nothing_chosen(stage: Stage) -> Visitor:
    visitor = late_turn(stage)
    visitor.send()
    return visitor


@LEARNING.shows("play.turn")
def late_turn(stage: Stage) -> Visitor:
    return _busy_turn(stage, TALK, 10)


@LEARNING.shows("play.turn")
def turn_looked_back_at(stage: Stage) -> Visitor:
    return _busy_turn(stage, TALK, 3)


@LEARNING.shows("play.turn")
def turn_of_practice(stage: Stage) -> Visitor:
    someone = stage.cast.experienced
    return stage.open(f"/oefenen/{TALK}/{stage.cast.runs['practice']}/3", someone)


@LEARNING.shows("play.turn")
def turn_in_a_chat(stage: Stage) -> Visitor:
    someone = stage.cast.newcomer
    choices = good_play(stage.cast.scenario(IN_WRITING))[:CHATTED]
    run = someone.play(IN_WRITING, choices)
    return stage.open(f"/oefenen/{IN_WRITING}/{run}/{CHATTED + 1}", someone)


@LEARNING.shows("play.turn")
def step_of_reading(stage: Stage) -> Visitor:
    return _busy_turn(stage, OTHER_READING, 10)


@LEARNING.shows("play.turn")
def step_of_the_questions(stage: Stage) -> Visitor:
    return _busy_turn(stage, QUESTIONS, 10)


@LEARNING.shows("play.turn")
def question_with_nothing_chosen(stage: Stage) -> Visitor:
    visitor = step_of_the_questions(stage)
    visitor.send()
    return visitor


def _busy_turn(stage: Stage, scenario_id: str, turn: int) -> Visitor:
    someone = stage.cast.busy
    run = stage.cast.runs[f"busy {scenario_id}"]
    return stage.open(f"/oefenen/{scenario_id}/{run}/{turn}", someone)


@LEARNING.shows("play.end")
def end_with_another_situation_to_try(stage: Stage) -> Visitor:
    someone = stage.cast.trying
    run = stage.cast.runs["poor special talk"]
    return stage.open(f"/oefenen/{SPECIAL_TALK}/{run}/einde", someone)


def _ended(name: str, scenario_id: str, run: str) -> None:
    def reach(stage: Stage) -> Visitor:
        someone = stage.cast.experienced
        return stage.open(f"/oefenen/{scenario_id}/{stage.cast.runs[run]}/einde", someone)

    LEARNING.append(PageState(name, "play.end", reach))


_ended("end of a conversation, passed", TALK, "passed talk")
_ended("end of a conversation, not yet", OTHER_TALK, "poor talk")
_ended("end of practice", TALK, "ended practice")
_ended("end of reading", READING, "passed reading")
_ended("end of the questions, passed", QUESTIONS, "passed questions")
_ended("end of the questions, not yet", QUESTIONS, "poor questions")
