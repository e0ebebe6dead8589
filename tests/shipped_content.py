"""The content of this checkout with the example institution, for tests that need the real thing."""

from functools import cache
from pathlib import Path

from elearning.content.library import Library, load_library
from elearning.content.markdown import Addresses
from elearning.content.sources import ContentRoot

ROOT = Path(__file__).parents[1]
OVERLAY = ROOT / "modules/directory/institution.demo.yaml"
CONVERSATION = "s01-gisteravond"


@cache
def shipped_library() -> Library:
    """Return everything that is served, loaded once in a process."""
    addresses = Addresses(page="/onderdeel/{module}/{page}", source="/bronnen#{source}")
    return load_library(ContentRoot(ROOT), OVERLAY, addresses)
