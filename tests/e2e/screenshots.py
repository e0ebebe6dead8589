"""Makes the pictures in docs/screenshots: `python -m tests.e2e.screenshots`.

The example institution is seeded on a day that stands still, under an address that does not exist.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from elearning.config import Mode, Settings, read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.services.demo_people import NAMES
from elearning.services.publish_content import publish_content
from elearning.services.seed_demo import demo_accounts, key_of, seed_demo
from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.people import Role
from elearning.storage.schema import migrate
from elearning.web.factory import ADDRESSES
from tests.databases import frozen_clock
from tests.e2e.cast import TALK, Cast
from tests.e2e.chromium import find_chromium, running_chromium
from tests.e2e.people import Someone
from tests.e2e.plays import repaired_play
from tests.e2e.site import HOST, Site, serving
from tests.sealing import an_issuing, write_key

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/screenshots"
OVERLAY = ROOT / "modules/directory/institution.demo.yaml"
PLACE = "leren.hdll.example"
SECRET = "a key for pictures, long enough to be one"  # noqa: S105 - guards nothing
DESKTOP, PHONE = (1280, 800), (390, 844)
LARGEST_BYTES = 150_000


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures of the site as one person sees it, in Dutch."""

    browser: Browser
    site: Site

    def take(self, name: str, path: str, someone: Someone, *, scroll_to: str = "body") -> None:
        """Take one picture of what is on the screen, on a phone when its name says so."""
        width, height = PHONE if name.endswith("phone") else DESKTOP
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="nl-NL", reduced_motion="reduce"
        )
        someone.enter(context, "nl")
        page = context.new_page()
        page.goto(f"{self.site.address}{path}")
        page.locator(scroll_to).first.evaluate("element => element.scrollIntoView()")
        save(page, FOLDER / f"{name}.png")
        context.close()


def prepare(folder: Path) -> None:
    """Do what `elearning prepare` does, on that day and with a key that is always the same."""
    folder.mkdir()
    (folder / "secret_key").write_text(SECRET, encoding="utf-8")
    write_key(folder / "keys")
    settings = _settings(folder)
    shutil.copyfile(OVERLAY, settings.overlay)
    engine = build_engine(settings.database_url)
    migrate(engine)
    library = load_library(content_root(None), settings.overlay, ADDRESSES, known={})
    with one_transaction(engine) as session:
        publish_content(session, library=library, clock=frozen_clock())
        seed_demo(session, issuing=an_issuing(library, SECRET, frozen_clock()))
    engine.dispose()


def take_all(camera: Camera) -> None:
    """Take every picture that the README shows."""
    site, cast = camera.site, Cast(camera.site)
    lecturer, officer = (holder_of(site, each) for each in (Role.LEARNER, Role.HR_CENTRAL))
    play = repaired_play(cast.scenario(TALK))
    lecturer.finish_modules(cast.module_ids)
    run = lecturer.play(TALK, play[:3])
    for kind in ("desktop", "phone"):
        camera.take(f"home-{kind}", "/", lecturer)
        camera.take(f"turn-{kind}", f"/oefenen/{TALK}/{run}/4", lecturer, scroll_to=".turn.now")
        camera.take(f"hr-{kind}", "/hr", officer)
    lecturer.play(TALK, play)
    camera.take("end-desktop", f"/oefenen/{TALK}/{run}/einde", lecturer)
    holder = person(site, NAMES[0])
    camera.take(
        "certificate-desktop", f"/certificaat/{holder.award()}", holder, scroll_to="article"
    )


@contextmanager
def example_site() -> Iterator[tuple[Browser, Site]]:
    """Serve the example institution, with a browser beside it."""
    executable = find_chromium()
    if executable is None:
        sys.exit("Chromium is not installed; tests/system-packages chromium says how to get it")
    with TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        prepare(template)
        settings = {"BASE_URL": f"http://{PLACE}", "TRUSTED_HOSTS": f"{PLACE},{HOST}"}
        with serving(template, Path(folder) / "served", "tests.e2e.frozen:app", settings) as site:
            port = site.address.rpartition(":")[2]
            rule = f"--host-resolver-rules=MAP {PLACE}:80 {HOST}:{port}"
            with running_chromium(executable, rule) as browser:
                yield browser, replace(site, address=f"http://{PLACE}")


def save(page: Page, file: Path) -> None:
    """Keep what is on the screen, unless it is too large to stand in a document."""
    page.screenshot(path=file)
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}: {size // 1000} kB")  # noqa: T201 - what it is run for
    assert size < LARGEST_BYTES


def holder_of(site: Site, role: Role) -> Someone:
    """Return the example person with this role over the whole of it."""
    return person(site, next(each.name for each in demo_accounts() if each.role is role))


def person(site: Site, name: str) -> Someone:
    """Return the example person of this name."""
    return Someone(site, key_of(name), "", name, frozen_clock())


def main() -> None:
    """Take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with example_site() as (browser, site):
        take_all(Camera(browser, site))


def _settings(folder: Path) -> Settings:
    return read_settings({"ELEARNING_MODE": Mode.DEMO, "ELEARNING_INSTANCE": str(folder)})


if __name__ == "__main__":
    main()
