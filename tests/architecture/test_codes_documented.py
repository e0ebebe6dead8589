"""Every code that the checks can print is explained in docs/codes.md, with a bad and a good way."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[A-Z][0-9]{1,2}")
PAGE = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]


def codes_in(source: str) -> Iterator[str]:
    """Yield every text in the code that has the form of a code, such as "R1"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [node.value] if CODE.fullmatch(node.value) else []


def codes_in_the_program() -> set[str]:
    files = (ROOT / "elearning").rglob("*.py")
    return {code for file in files for code in codes_in(file.read_text(encoding="utf-8"))}


def test_every_code_is_explained_once_and_no_other() -> None:
    assert sorted(row[0].strip("`") for row in ROWS) == sorted(codes_in_the_program())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip("`"))
def test_a_code_comes_with_a_sentence_and_a_bad_and_a_good_example(row: list[str]) -> None:
    _, severity, sentence, bad, good = row
    assert severity in {"error", "warning"}
    assert sentence.endswith(".")
    assert bad
    assert good
    assert bad != good


def test_a_code_is_recognised_in_the_source_and_other_texts_are_not() -> None:
    source = 'report("R1", "to: CE1", "C2a")\nCODES = {"W10": "x"}\n'
    assert list(codes_in(source)) == ["R1", "W10"]
