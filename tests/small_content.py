"""A small content folder for tests that need real content but not all of it: the route check."""

import shutil
from pathlib import Path

from elearning.content.library import Library, load_library
from elearning.content.markdown import Addresses
from elearning.content.sources import ContentRoot, content_root

SCENARIO = "routecheck"
OVERLAY = "modules/directory/institution.demo.yaml"
ADDRESSES = Addresses(page="/modules/{module}/{page}", source="/sources#{source}")
TRAININGS = """\
schema: 1
trainings:
  - id: lecturer-basis
    title: {nl: "Wegwijs", en: "Finding the way"}
    certificate_title: {nl: "Wegwijs", en: "Finding the way"}
    goals: {nl: ["de weg wijzen"], en: ["pointing the way"]}
    study_load_minutes: 20
    validity: {months: 24, renewal_window_days: 60, grace_days: 14, due_days: 60}
    limits: {open_a: 0, open_b: 2, repaired_a: 1}
    satisfies: []
    parts:
      - {id: routecheck, group: finish, any_of: [routecheck]}
"""


def small_library(folder: Path) -> Library:
    """Copy the modules and the route check to `folder`, with a training of their own; load it."""
    shipped = content_root(None).path
    shutil.copytree(shipped / "modules", folder / "modules")
    shutil.copytree(shipped / "scenarios" / SCENARIO, folder / "scenarios" / SCENARIO)
    shutil.copy(shipped / "scenarios" / "competencies.yaml", folder / "scenarios")
    (folder / "modules" / "trainings.yaml").write_text(TRAININGS, encoding="utf-8")
    return load_library(ContentRoot(folder), folder / OVERLAY, ADDRESSES)
