"""Reading a module: feedback where one answered, and nothing that can be done wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from elearning.storage.people import Account
from tests.pages.html import elements, words
from tests.pages.learner import ModulePage, tasks_on
from tests.pages.page import visit
from tests.practice_content import MODULE_ID
from tests.web.conftest import SignIn
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
START = f"/onderdeel/{MODULE_ID}"


@pytest.fixture
def check(signed_in: StrictClient) -> ModulePage:
    """Return the page with a check."""
    return ModulePage.open(signed_in, MODULE_ID, "vraag")


def test_reading_goes_from_page_to_page_and_back_to_the_start(signed_in: StrictClient) -> None:
    second = ModulePage.open(signed_in, MODULE_ID, "lezen").read_on()
    assert second.response.request.path == f"{START}/vraag"
    third = ModulePage(second).answer("past").page.follow("Doorgaan")
    assert third.response.request.path == f"{START}/extra"
    assert ModulePage(third).read_on().response.request.path == START


def test_an_answer_shows_its_feedback_beneath_it_and_keeps_it(check: ModulePage) -> None:
    response = check.form.send(option="kan_beter")
    assert (response.status_code, response.location) == (303, f"{START}/vraag#option-answer")
    again = ModulePage.open(check.page.client, MODULE_ID, "vraag")
    assert "Er is iets beters." in again.feedback
    assert again.form.values["option"] == "kan_beter"
    assert "Het past niet." not in again.page.text
    english = ModulePage(again.page.switch_language())
    assert "Something else is better." in english.feedback


def test_another_answer_may_always_be_tried_and_undoes_nothing(check: ModulePage) -> None:
    assert "Het past." in check.answer("past").feedback
    assert "Het past niet." in check.answer("liever_niet").feedback
    rows = tasks_on(visit(check.page.client, START))
    assert rows[1].status == "Gelezen"


def test_without_an_answer_that_is_offered_the_page_says_so(check: ModulePage) -> None:
    for sent in ({}, {"option": ""}, {"option": "verzonnen"}, {"option": "\0"}):
        again = ModulePage(check.form.submit(status=422, **sent))
        assert again.page.href("Kies een antwoord") == "#option"
        assert again.page.find("option") is not None
        assert again.page.title.startswith("Fout: ")
    assert again.answer("past").feedback


def test_the_start_says_where_one_is(signed_in: StrictClient) -> None:
    start = visit(signed_in, START)
    assert [task.status for task in tasks_on(start)] == ["Open"] * 3
    assert start.follow("Beginnen").response.request.path == f"{START}/lezen"
    ModulePage.open(signed_in, MODULE_ID, "lezen").read_on()
    assert visit(signed_in, START).follow("Doorgaan").response.request.path == f"{START}/vraag"
    ModulePage.open(signed_in, MODULE_ID, "vraag").answer("past")
    done = visit(signed_in, START)
    assert "Je hebt dit onderdeel afgerond." in done.text
    assert [task.status for task in tasks_on(done)] == ["Gelezen", "Gelezen", "Open"]


def test_an_unknown_module_or_page_is_not_there(signed_in: StrictClient) -> None:
    for rest in ("nergens", "nergens/lezen", f"{MODULE_ID}/nergens", f"{MODULE_ID}/%00", "%ED%A0"):
        assert signed_in.get(f"/onderdeel/{rest}").status_code == 404


def test_posting_to_an_unknown_page_is_not_there(check: ModulePage) -> None:
    token = check.form.values["csrf_token"]
    for data in ({}, {"check": "1"}, {"option": "past"}):
        for address in ("nergens/vraag", f"{MODULE_ID}/nergens", f"{MODULE_ID}/%00"):
            sent = {**data, "csrf_token": token}
            response = check.page.client.post(f"/onderdeel/{address}", data=sent)
            assert response.status_code == 404


def test_an_answer_without_a_token_is_refused_and_changes_nothing(check: ModulePage) -> None:
    response = check.page.client.post(f"{START}/vraag", data={"option": "past", "check": "1"})
    assert response.status_code == 400
    assert "niets veranderd" in response.text
    assert "checked" not in visit(check.page.client, f"{START}/vraag").response.text


def test_too_much_at_once_is_refused_and_changes_nothing(check: ModulePage) -> None:
    token = check.form.values["csrf_token"]
    for data in (
        {"option": "x" * 300_000, "check": "1", "csrf_token": token},
        {"option": "past", "check": "1", "csrf_token": "x" * 300_000},
    ):
        response = check.page.client.post(f"{START}/vraag", data=data)
        assert response.status_code == 413
        assert "te veel" in response.text
    assert "checked" not in visit(check.page.client, f"{START}/vraag").response.text


def test_nobody_sees_the_answers_of_somebody_else(
    check: ModulePage, new_client: NewClient, stranger: Account, sign_in: SignIn
) -> None:
    check.answer("kan_beter")
    browser = new_client()
    sign_in(browser, stranger)
    assert "checked" not in visit(browser, f"{START}/vraag").response.text


def test_lines_of_ones_own_stand_in_no_form_so_that_nothing_of_them_is_sent(
    signed_in: StrictClient,
) -> None:
    for page_id, kind, line in (
        ("lezen", "radio", "Neem je tijd."),
        ("extra", "checkbox", "niets, en dat is goed"),
    ):
        page = ModulePage.open(signed_in, MODULE_ID, page_id)
        fields = elements(page.own_lines, "input")
        assert [each.get("type") for each in fields] == [kind, kind, "text"]
        assert line in words(page.own_lines)
        held = [each for form in elements(page.page.root, "form") for each in form.iter()]
        assert not [each for each in fields if each in held or each.get("form")]
