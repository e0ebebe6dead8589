"""Pages that are hard to read and sentences that are too long are pointed out."""

import pytest

from elearning.wording.measure import ease, sentences, syllables
from tests.unit.wording.builders import level_of

PLAIN = "Dank je wel dat je dit met mij deelt. Wat wil jij dat er nu gebeurt? Je bepaalt dat zelf."
OFFICIALESE = (
    "Indien medewerkers geconfronteerd worden met onthullingen betreffende grensoverschrijdende"
    " gedragingen dient vertrouwelijkheid voorafgaandelijk geproblematiseerd te worden teneinde"
    " onregelmatigheden in de verantwoordingsprocedure organisatiebreed te voorkomen."
)


@pytest.mark.parametrize(
    ("word", "lang", "count"),
    [("vertrouwenspersoon", "nl", 5), ("je", "nl", 1), ("confidential", "en", 4), ("112", "nl", 1)],
)
def test_syllables_are_counted_in_the_language_of_the_text(
    word: str, lang: str, count: int
) -> None:
    assert syllables(word, lang) == count


def test_the_score_is_the_formula_of_douma() -> None:
    found = list(sentences("Ik ga naar huis. Jij blijft hier."))
    assert float(ease(found, "nl")) == pytest.approx(206.835 - 0.93 * 7 / 2 - 77 * 7 / 7)


def test_the_score_is_the_formula_of_flesch_in_english() -> None:
    found = list(sentences("I go home. You stay here."))
    assert float(ease(found, "en")) == pytest.approx(206.835 - 1.015 * 6 / 2 - 84.6 * 6 / 6)


def test_plain_words_give_no_finding() -> None:
    assert level_of(PLAIN) == []


def test_officialese_is_far_below_the_mark_and_too_long() -> None:
    assert [code for code, _, _ in level_of(OFFICIALESE)] == ["B2", "B3"]


def test_a_page_that_is_a_little_hard_gets_its_own_code() -> None:
    text = (
        "Medewerkers bespreken een gevoelig verhaal nooit met anderen. Afspraken over"
        " begeleiding blijven ook geheim. Overleg gebeurt uitsluitend na toestemming van de"
        " student zelf. Daarna kies je samen wat er nu moet."
    )
    assert [code for code, _, _ in level_of(text)] == ["B1"]


def test_a_few_words_get_no_score() -> None:
    assert (
        level_of("Vertrouwelijkheidsverklaringen bemoeilijken geheimhoudingsovereenkomsten.") == []
    )


def test_a_term_of_the_glossary_counts_as_one_short_word() -> None:
    text = "De vertrouwenspersoon belt. " * 10
    assert level_of(text) == []


def test_a_long_sentence_is_reported_on_the_line_where_it_begins() -> None:
    found = level_of("Een korte zin.\nEn dan " + "nog een woord " * 9 + "meer.")
    assert [(code, line) for code, line, _ in found if code == "B4"] == [("B4", 11)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ('"Ik geloof je." Dat zeg je.', [3, 3]),
        ("- **Verwijt.** Dat klinkt *zo*.", [1, 3]),
        ("Bel {{resource.csg.name}}: {{resource.csg.phone}}. [S9]", [3]),
        ("Wacht. {{fact.csg_window.text}} Daarna kies je.", [1, 3]),
        ("Lees [de kaart](page:m6/kaart) nog eens.", [5]),
        ("> Neem je tijd…", [3]),
    ],
)
def test_sentences_are_counted_as_they_are_read(text: str, counts: list[int]) -> None:
    assert [len(each.words) for each in sentences(text)] == counts
