"""A lecturer on the way to a certificate that anyone can check, by hand from the first page on."""

from __future__ import annotations

import pytest

from elearning.learning.training import ModulePart
from tests.builders import TRAINING
from tests.e2e.conftest import Admit
from tests.e2e.learning import play, read_module
from tests.e2e.pages import Visitor
from tests.e2e.people import a_learner
from tests.e2e.plays import good_play, repaired_play
from tests.e2e.site import Site

pytestmark = pytest.mark.e2e
CONVERSATION = "s01-gisteravond"
READING = "s02-reflectieverslag-lezen"
TALKED_ABOUT = "s02-reflectieverslag"
CHECK = "routecheck"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_lecturer_does_everything_by_hand_and_holds_a_certificate(
    site: Site, admit: Admit, lang: str
) -> None:
    visitor, someone = admit(lang), a_learner(site, lang=lang, name="Şerife Gökçe-Łukasiewicz")
    visitor.open("/")
    visitor.sign_in(someone)
    for part in site.library.training(TRAINING).parts:
        if isinstance(part, ModulePart):
            visitor.go_on()
            read_module(visitor, part.module_id)
            visitor.go_on()
    practise(visitor)
    assert checked(visitor, admit(lang), someone.name)


def practise(visitor: Visitor) -> None:
    """From the task list: a conversation with a slip put right, the reading route, the questions."""
    library, lang = visitor.site.library, visitor.lang
    visitor.go_on()
    play(visitor, repaired_play(library.scenario(CONVERSATION).scenario))
    assert visitor.reads("You have completed this conversation.")
    visitor.follow("Continue")
    visitor.go_on()
    assert visitor.heading == library.scenario(TALKED_ABOUT).rendered[lang].title
    visitor.go(visitor.link(library.scenario(READING).rendered[lang].title))
    play(visitor, good_play(library.scenario(READING).scenario))
    visitor.follow("Continue")
    visitor.go_on()
    play(visitor, good_play(library.scenario(CHECK).scenario))
    assert visitor.reads("You have completed the training. Your certificate is ready.")


def checked(visitor: Visitor, anyone: Visitor, name: str) -> bool:
    """Open the certificate, follow its code as somebody else, and compare the name."""
    visitor.follow("Continue")
    visitor.follow("Open your certificate")
    address = visitor.verify_address
    assert address.endswith(visitor.certificate_code)
    anyone.open(address.removeprefix(visitor.site.address))
    return anyone.verdict == anyone.says("Valid") and name not in anyone.text
