"""H5P packages for tests: a sound one, and pieces to put together otherwise."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

VERSION = {"majorVersion": 1, "minorVersion": 8}


def a_manifest(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - anything that JSON can hold
    """Return a manifest, with some of it otherwise."""
    return {
        "title": "De kamer",
        "language": "nl",
        "mainLibrary": "H5P.BranchingScenario",
        "embedTypes": ["iframe"],
        "preloadedDependencies": [{"machineName": "H5P.BranchingScenario", **VERSION}],
        **changes,
    }


def a_question(text: str, *alternatives: dict[str, Any]) -> dict[str, Any]:
    """Return a node that asks."""
    question = {"question": text, "alternatives": list(alternatives)}
    return {
        "type": {
            "library": "H5P.BranchingQuestion 1.0",
            "params": {"branchingQuestion": question},
            "subContentId": "b8e4a4d4-7a8c-4d2f-9a52-6a4a1f1b3c11",
            "metadata": {"title": "Untitled Branching Question"},
        },
        "showContentTitle": False,
        "contentBehaviour": "useBehavioural",
        "feedback": {},
    }


def an_alternative(text: str, to: Any = -1, **feedback: str) -> dict[str, Any]:  # noqa: ANN401 - also what is wrong
    """Return an alternative; without `to` it leads to the default end."""
    return {"text": text, "nextContentId": to, "feedback": feedback}


def a_text(html: Any, to: Any = None, title: str = "", **feedback: str) -> dict[str, Any]:  # noqa: ANN401 - also what is wrong
    """Return a node of information; without `to` it does not say where it leads."""
    node: dict[str, Any] = {
        "type": {
            "library": "H5P.AdvancedText 1.1",
            "params": {"text": html},
            "metadata": {"title": title},
        },
        "feedback": feedback,
    }
    return node if to is None else {**node, "nextContentId": to}


def an_end(number: int, title: str = "", subtitle: str = "") -> dict[str, Any]:
    """Return an end screen."""
    return {"contentId": number, "endScreenTitle": title, "endScreenSubtitle": subtitle}


def a_content(*nodes: Any, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - anything that JSON can hold
    """Return the parameters of a scenario with these nodes."""
    scenario = {
        "title": "De kamer",
        "startScreen": {"startScreenTitle": "<p>De kamer</p>", "startScreenSubtitle": ""},
        "endScreens": [an_end(-1)],
        "content": list(nodes),
        "scoringOptionGroup": {"scoringOption": "no-score"},
        "behaviour": {},
        "l10n": {},
    }
    return {"branchingScenario": {**scenario, **changes}}


def zipped(files: dict[str, bytes | str]) -> bytes:
    """Return an archive."""
    return zipped_entries(*((ZipInfo(name), data) for name, data in files.items()))


def zipped_entries(*entries: tuple[ZipInfo, bytes | str]) -> bytes:
    """Return an archive with exactly these entries."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as opened:
        for entry, data in entries:
            entry.compress_type = ZIP_DEFLATED
            opened.writestr(entry, data)
    return written.getvalue()


def a_package(content: Any, manifest: Any = None, **more: bytes) -> bytes:  # noqa: ANN401 - also what is wrong
    """Return a package with this content."""
    return zipped(
        {
            "h5p.json": json.dumps(a_manifest() if manifest is None else manifest),
            "content/content.json": json.dumps(content),
            **more,
        }
    )
