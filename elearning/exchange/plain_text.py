"""Makes text of strangers fit for our files: no sign that is not text, nothing that means more."""

import re
from typing import Final

LONGEST_TEXT: Final = 20_000
DEEPEST_HEADING: Final = 6
_NOT_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_STRUCTURE: Final = re.compile(r"^(?=(?:##[ \t]|~~~))", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def text_only(text: str) -> str:
    """Return the text with `?` for what is not text, and without our placeholders."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_TEXT.sub("\ufffd", plain).replace("{{", "{ {").replace("}}", "} }")


def one_line(text: str) -> str:
    """Return the text on one line, with one space between words."""
    return " ".join(text_only(text).split())


def as_body(markdown: str) -> str:
    """Return Markdown that can stand under a heading of ours: its own headings become bold."""
    lines = "\n".join(_bold_heading(line.rstrip()) for line in text_only(markdown).split("\n"))
    return _BLANK_LINES.sub("\n\n", _STRUCTURE.sub(r"\\", lines.strip()))


def _bold_heading(line: str) -> str:
    words = line.lstrip("#")
    level = len(line) - len(words)
    words = words.rstrip("#").strip().strip("*")
    return f"**{words}**" if 1 <= level <= DEEPEST_HEADING and words else line
