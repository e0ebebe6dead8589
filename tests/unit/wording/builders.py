"""Rules and texts for tests of the wording."""

from elearning.blocks import Row, split
from elearning.problem import Findings
from elearning.translation import ContentFormat
from elearning.wording.level import report_level
from elearning.wording.passages import Page, Passage, Voice, pages_of, voices_of
from elearning.wording.rules import Rules, read_rules
from elearning.wording.words import report_words

RULES = r"""schema: 1
nl:
  blame: [{match: "waarom (ging|deed) je", say: "niets"}]
  labels: [{match: "monster", say: "pleger"}]
  details: [{match: "bloed", say: "niets"}]
en:
  doubt: [{match: "are you sure", say: "nothing"}]
  terminology: [{match: "don't tell", say: "keep"}]
reading:
  page_at_least: 60
  never_below: 45
  fewest_words: 20
  mean_sentence: 15
  longest_sentence: 25
  glossary: {nl: ["vertrouwenspersoon", "seksueel geweld"], en: ["confidential adviser"]}
"""


def the_rules() -> Rules:
    """Return the rules of these tests."""
    findings = Findings("lint.yaml")
    rules = read_rules(RULES, findings)
    assert findings.found == []
    return rules


def a_passage(text: str, *, lang: str = "nl", voice: Voice = Voice.OURS) -> Passage:
    """Return a text that begins on line 10."""
    rows = enumerate(text.split("\n"), start=10)
    return Passage(lang, voice, tuple(Row(number, each) for number, each in rows))


def words_in(*passages: Passage) -> list[tuple[str, int, str]]:
    """Return code, line and severity of every hit."""
    findings = Findings("scenario.md")
    report_words(passages, the_rules().words, findings)
    return [(each.code, each.line, str(each.severity)) for each in findings.found]


def level_of(*texts: str, lang: str = "nl") -> list[tuple[str, int, str]]:
    """Return code, line and message of what is hard to read on a page with these texts."""
    findings = Findings("module.md")
    page = Page("block 'een'", 7, tuple(a_passage(each, lang=lang) for each in texts))
    report_level(page, the_rules().reading, findings)
    return [(each.code, each.line, each.message) for each in findings.found]


def words_in_file(text: str, form: ContentFormat) -> list[tuple[str, int]]:
    """Return code and line of every hit in a source file."""
    findings = Findings(f"{form.kind}.md")
    document = split(text, findings)
    for page in pages_of(document, "nl", form, voices_of(document, form)):
        report_words(page.passages, the_rules().words, findings)
    return [(each.code, each.line) for each in findings.found]
