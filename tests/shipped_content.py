"""The content of this checkout with the example institution, for tests that need the real thing."""

from functools import cache
from pathlib import Path

from elearning.content.library import Library, load_library
from elearning.content.markdown import Addresses
from elearning.content.placeholders import Places
from elearning.content.sources import ContentRoot
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.prove.proof import Proof
from elearning.scenario.prove.prover import prove

ROOT = Path(__file__).parents[1]
OVERLAY = ROOT / "modules/directory/institution.demo.yaml"
CONVERSATION = "s01-gisteravond"


@cache
def shipped_library() -> Library:
    """Return everything that is served, loaded once in a process."""
    addresses = Addresses(page="/onderdeel/{module}/{page}", source="/bronnen#{source}")
    return load_library(ContentRoot(ROOT), OVERLAY, addresses)


@cache
def shipped_parse(name: str) -> Parsed:
    """Return a scenario as its files say it."""
    content = ContentRoot(ROOT)
    files = content.folders("scenarios", "scenario.md")[name]
    parsed = parse_scenario(files, shipped_library().registry).parsed
    assert parsed is not None, name
    return parsed


def shipped_places() -> Places:
    """Return where placeholders get their values."""
    return Places(shipped_library().directory, shipped_library().institution)


@cache
def shipped_proof(name: str) -> Proof:
    """Return the proof of a scenario, made once in a process."""
    return prove(shipped_parse(name), shipped_places().fill_text)
