"""V1-V9: words that nobody should write, in the language of the text, with what to say instead."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from elearning.problem import Findings
from elearning.wording.passages import Passage, Voice
from elearning.wording.rules import Harm, Rule

CODES: Final[Mapping[Harm, str]] = {
    Harm.BLAME: "V1",
    Harm.MINIMISE: "V2",
    Harm.DOUBT: "V3",
    Harm.CONTROL_PRESSURE: "V4",
    Harm.LABELS: "V5",
    Harm.GENDER_STEREOTYPE: "V6",
    Harm.TERMINOLOGY: "V7",
    Harm.DETAILS: "V8",
    Harm.OFFICIALESE: "V9",
}
# Words that hurt whoever reads them as ours; a hit in the other groups asks for another look.
BLOCKING: Final = frozenset({Harm.BLAME, Harm.MINIMISE, Harm.DOUBT})
# No voice makes a detail of violence readable.
NOWHERE: Final = frozenset({Harm.DETAILS})

PLACEHOLDER: Final = re.compile(r"\{\{[^{}]*\}\}|%\(\w+\)[sd]")
_SPEECH: Final = re.compile(r'"[^"]*"|“[^”]*”')
# A quotation in italics is somebody else's: a myth, or a sentence to avoid.
_MARKED: Final = re.compile(r"""\*(?:"[^"*]*"|“[^”*]*”|'[^*]*'|\u2018[^*]*\u2019)\*""")


def report_words(
    passages: Iterable[Passage], rules: Mapping[str, Iterable[Rule]], findings: Findings
) -> None:
    """Report every hit on its own line; one that blocks is an error."""
    for passage in passages:
        spoken, ours = _plain(passage.text), _our_words(passage)
        for rule in rules.get(passage.lang, ()):
            text = spoken if rule.harm in NOWHERE else ours
            for found in rule.pattern.finditer(text):
                line = passage.line_at(found.start())
                _report(rule, " ".join(found[0].split()), line, findings)


def _report(rule: Rule, words: str, line: int, findings: Findings) -> None:
    report = findings.error if rule.harm in BLOCKING else findings.warning
    report(CODES[rule.harm], line, f"{words!r} ({rule.harm}): rather {rule.say}")


def _our_words(passage: Passage) -> str:
    """Return the text with everything blanked that is not said by us; places stay the same."""
    if passage.voice is Voice.OTHERS:
        return ""
    text = _MARKED.sub(_blank, passage.text)
    if passage.voice is Voice.QUOTED:
        text = _SPEECH.sub(_blank, text)
    return _plain(text)


def _plain(text: str) -> str:
    return PLACEHOLDER.sub(_blank, text).replace("\u2019", "'")


def _blank(found: re.Match[str]) -> str:
    return "".join("\n" if each == "\n" else " " for each in found[0])
