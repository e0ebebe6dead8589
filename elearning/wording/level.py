"""B1-B4: pages that are hard to read, and sentences that are too long."""

from collections.abc import Iterable, Iterator

from elearning.problem import Findings
from elearning.wording.measure import PLACEHOLDER_WORD, Sentence, ease, sentences
from elearning.wording.passages import Page, Passage
from elearning.wording.rules import Reading


def report_level(page: Page, reading: Reading, findings: Findings) -> None:
    """Report how a page reads: its score, its mean sentence and each sentence that is too long."""
    found = [each for passage in page.passages for each in _sentences(passage, reading)]
    count = sum(len(each.words) for each in found)
    report_long_sentences(page.passages, reading, findings)
    if count < reading.fewest_words:
        return
    score = ease(found, page.passages[0].lang)
    if score < reading.page_at_least:
        code = "B2" if score < reading.never_below else "B1"
        message = f"{page.name}: reading ease {round(score)}; write for {reading.page_at_least}"
        findings.warning(code, page.line, f"{message} or more")
    if count > reading.mean_sentence * len(found):
        mean = round(count / len(found))
        message = f"{page.name}: {mean} words per sentence; write {reading.mean_sentence} or fewer"
        findings.warning("B3", page.line, message)


def reading_ease(pages: Iterable[Page], reading: Reading) -> int:
    """Return the score of all these pages together, rounded; they are in one language."""
    passages = [passage for page in pages for passage in page.passages]
    found = [each for passage in passages for each in _sentences(passage, reading)]
    return round(ease(found, passages[0].lang))


def report_long_sentences(
    passages: Iterable[Passage], reading: Reading, findings: Findings
) -> None:
    """Report each sentence with too many words, on the line where it begins."""
    for passage in passages:
        for each in sentences(passage.text):
            if len(each.words) > reading.longest_sentence:
                line = passage.line_at(each.place)
                message = f"{len(each.words)} words; write {reading.longest_sentence} or fewer"
                findings.warning("B4", line, f"a sentence of {message}")


def _sentences(passage: Passage, reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences with every term that is explained elsewhere as one short word."""
    glossary = reading.glossary[passage.lang]
    return sentences(glossary.sub(PLACEHOLDER_WORD, passage.text))
