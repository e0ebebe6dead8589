"""An H5P package as it comes in: the manifest, the versions, the wrapping, and then the story."""

from typing import Final

from elearning.exchange.archive import Archive
from elearning.exchange.arrival import Arrival
from elearning.exchange.draft import build_draft
from elearning.exchange.h5p_format import CONTENT, MANIFEST, SCENARIO
from elearning.exchange.h5p_story import StoryReader
from elearning.exchange.json_reader import Notes, ObjectReader
from elearning.exchange.json_text import NotJson, read_json
from elearning.exchange.native import native_files
from elearning.exchange.remarks import ExchangeRefused, Remarks, refused
from elearning.yaml_fields import LANGUAGES

MAJOR: Final = "1"
MOST_WRAPPINGS: Final = 3
_ROOT: Final = "branchingScenario"


def read_h5p(data: bytes, arrival: Arrival, remarks: Remarks) -> dict[str, str]:
    """Return the files of a scenario by name; raises `ExchangeRefused`, with every reason."""
    archive = Archive(data, arrival.file)
    manifest = _read(archive, MANIFEST, remarks)
    _check_library(manifest)
    lang = _language(manifest, arrival)
    content = _read(archive, CONTENT, remarks)
    scenario = _unwrapped(content).inner(_ROOT, is_needed=True)
    story = StoryReader(scenario, lang).story(manifest.plain("title"))
    errors = [*manifest.notes.errors, *content.notes.errors]
    if errors:
        raise ExchangeRefused(errors)
    _note_the_rest(archive, manifest, arrival.file)
    return native_files(build_draft(story, arrival.scenario_id, remarks))


def _read(archive: Archive, name: str, remarks: Remarks) -> ObjectReader:
    try:
        value = read_json(archive.text(name))
    except NotJson as error:
        raise refused(name, str(error)) from None
    if not isinstance(value, dict):
        raise refused(f"{name}#", "needs an object")
    return ObjectReader("", Notes(name, remarks), value)


def _check_library(manifest: ObjectReader) -> None:
    main = manifest.text("mainLibrary")
    if main != SCENARIO:
        message = f"{main[:40]!r} is not {SCENARIO}"
        manifest.notes.error(manifest.at("mainLibrary"), message)
    for each in manifest.items("preloadedDependencies"):
        if each.text("machineName") == SCENARIO and _digits(each, "majorVersion") != MAJOR:
            each.notes.error(each.at("majorVersion"), f"needs version {MAJOR} of {SCENARIO}")


def _digits(reader: ObjectReader, key: str) -> str:
    """Return a version number, which some packages write as a number and some as a text."""
    value = reader.values.get(key)
    return str(value) if isinstance(value, int | str) else ""


def _language(manifest: ObjectReader, arrival: Arrival) -> str:
    for key in ("defaultLanguage", "language"):
        lang = manifest.text(key)[:2]
        if lang in LANGUAGES:
            return lang
    manifest.changed(f"the language is not {' or '.join(LANGUAGES)}: taken as {arrival.lang!r}")
    return arrival.lang


def _unwrapped(content: ObjectReader) -> ObjectReader:
    """Return what holds the scenario: some programs wrap it in `params`, or do so twice."""
    for _ in range(MOST_WRAPPINGS):
        if _ROOT in content.values or not isinstance(content.values.get("params"), dict):
            break
        content = content.inner("params")
    return content


def _note_the_rest(archive: Archive, manifest: ObjectReader, file: str) -> None:
    media = [each for each in archive.names() if each.startswith("content/") and each != CONTENT]
    if media:
        remarks = manifest.notes.remarks
        remarks.lost(file, f"{len(media)} files of images, sound or video, such as {media[0]!r}")
    if manifest.text("license") not in {"", "U"} or manifest.has("authors"):
        manifest.lost("license", "the licence and the authors: keep to them")
        manifest.lost("authors", "the licence and the authors: keep to them")
