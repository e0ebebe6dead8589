"""A lecturer on the way to a certificate that anyone can check.

By hand from the first page on, with a keyboard and nothing else, and without any script. The last
two start with the modules done but one; by hand the modules between the first and the last are
done. The suite goes by hand in Dutch and with a keyboard in English; `make slow` does the rest, and
goes through every module by hand. Without a script goes every test of a page in tests/web as well.
"""

from __future__ import annotations

import pytest

from elearning.learning.training import ModulePart, ScenarioPart, Ways
from tests.builders import TRAINING
from tests.e2e.conftest import in_the_suite
from tests.e2e.learning import play, read_module
from tests.e2e.pages import Visitor
from tests.e2e.people import Someone, a_learner
from tests.e2e.plays import good_play, repaired_play
from tests.e2e.site import Site
from tests.e2e.stage import Admit

pytestmark = pytest.mark.e2e
CONVERSATION = "s01-gisteravond"
CHECK = "routecheck"
PUT_RIGHT = "There was an important moment, and you put it right. That counts as a skill."


@pytest.fixture
def lecturer(site: Site, lang: str) -> Someone:
    return a_learner(site, lang=lang, name="Şerife Gökçe-Łukasiewicz")


@in_the_suite("nl")
def test_a_lecturer_works_by_hand_and_holds_a_certificate(
    lecturer: Someone, admit: Admit, lang: str
) -> None:
    first, *between, last = modules(lecturer.site)
    visitor = admit(lang)
    visitor.open("/")
    visitor.sign_in(lecturer)
    read_next(visitor, first)
    lecturer.finish_modules(between)
    visitor.open("/")
    read_next(visitor, last)
    practise(visitor)
    check_certificate(visitor, admit(lang), lecturer)


@pytest.mark.slow
def test_a_lecturer_does_everything_by_hand_and_holds_a_certificate(
    lecturer: Someone, admit: Admit, lang: str
) -> None:
    visitor = admit(lang)
    visitor.open("/")
    visitor.sign_in(lecturer)
    for module_id in modules(lecturer.site):
        read_next(visitor, module_id)
    practise(visitor)
    check_certificate(visitor, admit(lang), lecturer)


def read_next(visitor: Visitor, module_id: str) -> None:
    visitor.go_on()
    read_module(visitor, module_id)
    visitor.go_on()


@in_the_suite("en")
def test_a_keyboard_is_enough(lecturer: Someone, admit: Admit, lang: str) -> None:
    lecturer.finish_modules(modules(lecturer.site)[:-1])
    visitor = admit(lang, by_keyboard=True)
    visitor.open("/")
    visitor.sign_in(lecturer, password="")
    assert visitor.is_at("foutoverzicht")
    visitor.type_password()
    read_next(visitor, modules(lecturer.site)[-1])
    practise(visitor)
    check_certificate(visitor, admit(lang, by_keyboard=True), lecturer)


@pytest.mark.slow
def test_no_script_is_needed(lecturer: Someone, admit: Admit, lang: str) -> None:
    lecturer.finish_modules(modules(lecturer.site)[:-1])
    visitor = admit(lang, has_script=False)
    visitor.open("/")
    visitor.sign_in(lecturer, password="")
    assert visitor.is_at("foutoverzicht")
    visitor.type_password()
    read_next(visitor, modules(lecturer.site)[-1])
    practise(visitor)
    check_certificate(visitor, admit(lang, has_script=False), lecturer)


def modules(site: Site) -> list[str]:
    parts = site.library.training(TRAINING).parts
    return [part.module_id for part in parts if isinstance(part, ModulePart)]


def pools(site: Site) -> list[tuple[Ways, ...]]:
    """Return the parts of which a situation is drawn, each with its conversations and readings."""
    parts = site.library.training(TRAINING).parts
    return [part.pool for part in parts if isinstance(part, ScenarioPart) and len(part.pool) > 1]


def practise(visitor: Visitor) -> None:
    """Have a conversation with a slip put right, read the others, and answer the questions."""
    library, lang = visitor.site.library, visitor.lang
    visitor.go_on()
    play(visitor, repaired_play(library.scenario(CONVERSATION).scenario), forgets_at=2)
    assert visitor.reads("You have completed this conversation.")
    assert visitor.reads(PUT_RIGHT)
    visitor.follow("Continue")
    for pool in pools(visitor.site):
        visitor.go_on()
        titles = {library.scenario(talk).rendered[lang].title: reading for talk, reading in pool}
        reading = library.scenario(titles[visitor.heading])
        visitor.go(visitor.link(reading.rendered[lang].title))
        play(visitor, good_play(reading.scenario))
        visitor.follow("Continue")
    visitor.go_on()
    play(visitor, good_play(library.scenario(CHECK).scenario))
    assert visitor.reads("You have completed the training. Your certificate is ready.")


def check_certificate(visitor: Visitor, anyone: Visitor, holder: Someone) -> None:
    """Open the certificate, and check its code and name as somebody else."""
    visitor.follow("Continue")
    visitor.follow("Open your certificate")
    assert holder.name in visitor.text
    address = visitor.verify_address
    assert address.endswith(visitor.certificate_code)
    anyone.open(address.removeprefix(visitor.site.address))
    assert anyone.verdict == anyone.says("Valid")
    assert holder.name not in anyone.text
    anyone.compare_name(holder.name)
    assert anyone.reads("The name matches")
