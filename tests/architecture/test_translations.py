"""Both languages are whole: nothing untranslated, nothing left over, the same placeholders."""

from __future__ import annotations

import re

import pytest

from tests.architecture.catalogues import LANGUAGES, catalogue, strings_in_use

PLACEHOLDER = re.compile(r"%\((\w+)\)")


def texts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_string_of_the_interface_is_translated(lang: str) -> None:
    known = catalogue(lang)
    missing = [
        f"{file}:{line}: {message}"
        for file, line, message in strings_in_use()
        if (found := known.get(message)) is None or not all(texts(found.string))
    ]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_translation_is_fuzzy_or_left_over(lang: str) -> None:
    used = {texts(message)[0] for _file, _line, message in strings_in_use()}
    entries = [each for each in catalogue(lang) if each.id]
    assert [each.id for each in entries if each.fuzzy] == []
    assert [each.id for each in entries if texts(each.id)[0] not in used] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_string(lang: str) -> None:
    differing = [
        each.id
        for each in catalogue(lang)
        if each.id
        and set(PLACEHOLDER.findall("".join(texts(each.id))))
        != set(PLACEHOLDER.findall("".join(texts(each.string))))
    ]
    assert differing == []


def test_the_search_for_strings_finds_code_and_templates() -> None:
    files = {file.rsplit(".", 1)[-1] for file, _line, _message in strings_in_use()}
    assert files == {"py", "html"}
