"""How heavy a learner page is at the first visit: requests, and bytes as a proxy packs them."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass

from tests.bench.server import fetch

LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')
GZIP_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Weight:
    """A page with everything that it loads."""

    requests: int
    kilobytes: float
    script_kilobytes: float
    third_parties: int


def weigh(port: int, path: str, cookie: str) -> Weight:
    """Return the weight of a page and of what it names; each address once."""
    page = _get(port, path, cookie)
    linked = sorted(set(LINKED.findall(page.decode())))
    own = [each for each in linked if each.startswith("/") and not each.startswith("//")]
    bodies = {each: _packed(_get(port, each.replace("&amp;", "&"), cookie)) for each in own}
    scripts = [size for each, size in bodies.items() if each.partition("?")[0].endswith(".js")]
    return Weight(
        requests=1 + len(linked),
        kilobytes=(_packed(page) + sum(bodies.values())) / 1000,
        script_kilobytes=sum(scripts) / 1000,
        third_parties=len(linked) - len(own),
    )


def page_bytes(port: int, path: str, cookie: str) -> int:
    """Return the size of a page before compression."""
    return len(_get(port, path, cookie))


def _get(port: int, path: str, cookie: str) -> bytes:
    status, body = fetch(port, path, cookie)
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return body


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, GZIP_LEVEL, mtime=0))
