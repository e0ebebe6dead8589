"""No cell of a file is taken for a formula, whatever somebody is called."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.web.hr.sheet import guarded


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+31",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "−1",
        "  =1",
        "﹣1",
    ],
)
def test_what_looks_like_a_formula_becomes_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Noor", "O'Brien", "Anne-Marie", "2027-03-03", "王小明", "–"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    begins = unicodedata.normalize("NFKC", guarded(text).lstrip())[:1]
    assert begins not in {"=", "+", "-", "@"}
