"""How people meet at a moment: said in words, wherever the moment is shown."""

from __future__ import annotations

from flask import Flask

from elearning.exchange.h5p_format import MEDIA
from elearning.scenario.model import Medium
from elearning.web.medium import medium_label
from tests.pages.learner import EndPage, TurnPage, begin, play
from tests.practice_content import TALK, WELL
from tests.web.strict_client import StrictClient


def in_the_email(client: StrictClient) -> TurnPage:
    """Return the turn that is an email; the one before it was face to face."""
    return TurnPage(begin(client, TALK).choose("ruimte"))


def test_a_turn_by_email_says_so_and_asks_what_you_write(signed_in: StrictClient) -> None:
    turn = in_the_email(signed_in)
    assert "E-mail" in turn.page.text
    assert "Wat schrijf je?" in turn.page.text
    assert "Schrijf dit" in turn.page.text
    english = turn.page.switch_language()
    assert "What do you write?" in english.text


def test_a_turn_face_to_face_says_nothing_of_it(signed_in: StrictClient) -> None:
    first = begin(signed_in, TALK)
    assert "E-mail" not in first.page.text
    assert "Wat zeg je?" in first.page.text


def test_a_missing_choice_is_asked_for_in_the_same_words(signed_in: StrictClient) -> None:
    again = TurnPage(in_the_email(signed_in).form.submit(status=422))
    assert again.error == ("Kies wat je schrijft", "#choice")


def test_looking_back_says_it_for_that_turn_only(signed_in: StrictClient) -> None:
    first, second = EndPage(play(signed_in, TALK, *WELL)).turns
    assert "E-mail" in second
    assert "Jij schrijft" in second
    assert "E-mail" not in first


def test_an_export_says_it_in_the_words_of_the_page(app: Flask) -> None:
    for lang, words in MEDIA.items():
        with app.test_request_context(f"/?lang={lang}"):
            told = {each: medium_label(each) for each in Medium}
        assert told == {Medium.IN_PERSON: "", **words}
