"""What a certificate says: dates written out, the last valid day, and words in both languages."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date

import pytest

from elearning.learning.certificate import (
    WORDING,
    CertificateDocument,
    CertificateLanguage,
    long_date,
)
from elearning.learning.theme import OWN


def certificate(lang: CertificateLanguage, *, valid_until: date | None) -> CertificateDocument:
    return CertificateDocument(
        name="Jan de Vries",
        training_title="Eerste reactie",
        content_version="1.2",
        proof=None,
        obtained_on=date(2027, 3, 1),
        valid_until=valid_until,
        study_load_minutes=90,
        issuer="Voorbeeldhogeschool",
        goals=("Ruimte geven",),
        code="0000-0000-0000-0000-0000-0000",
        verify_url="https://leren.example/v/0000-0000-0000-0000-0000-0000",
        lang=lang,
        theme=OWN,
    )


@pytest.mark.parametrize(
    ("day", "lang", "text"),
    [
        (date(2027, 3, 1), "nl", "1 maart 2027"),
        (date(2027, 3, 1), "en", "1 March 2027"),
        (date(2028, 12, 31), "nl", "31 december 2028"),
        (date(2028, 1, 31), "en", "31 January 2028"),
    ],
)
def test_a_date_is_written_out_in_its_language(
    day: date, lang: CertificateLanguage, text: str
) -> None:
    assert long_date(day, lang) == text


def test_the_paper_names_the_last_valid_day_not_the_first_invalid_one() -> None:
    assert certificate("nl", valid_until=date(2029, 3, 1)).valid_through_text == "28 februari 2029"
    assert certificate("en", valid_until=date(2028, 3, 1)).valid_through_text == "29 February 2028"


def test_a_certificate_without_an_end_says_so() -> None:
    assert certificate("nl", valid_until=None).valid_through_text == "geen einddatum"


def test_the_study_load_is_told_in_minutes() -> None:
    assert certificate("nl", valid_until=None).study_load_text == "90 minuten"
    assert certificate("en", valid_until=None).study_load_text == "90 minutes"


def test_only_the_closing_word_that_dutch_grammar_needs_is_empty_in_english() -> None:
    empty = {
        (lang, key)
        for lang, words in WORDING.items()
        for key, word in asdict(words).items()
        if not word
    }
    assert empty == {("en", "has_completed_end")}


def test_a_certificate_has_no_field_for_a_score_or_a_way_of_learning() -> None:
    assert {field.name for field in fields(CertificateDocument)} == {
        "name", "training_title", "content_version", "proof", "obtained_on", "valid_until",
        "study_load_minutes", "issuer", "goals", "code", "verify_url", "lang", "theme",
    }  # fmt: skip
