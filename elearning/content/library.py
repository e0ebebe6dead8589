"""All content, loaded and checked as a whole; a library with a blocking problem is never served."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from elearning.content.directory import Directory
from elearning.content.directory_files import read_directory
from elearning.content.equivalents import equivalent_problems, with_own_months
from elearning.content.examined import examined_problems
from elearning.content.handout_parser import NAMES as HANDOUTS
from elearning.content.handout_parser import file_of as handout_file
from elearning.content.handout_parser import read_handouts
from elearning.content.handouts import Handouts
from elearning.content.institution import Institution, read_institution
from elearning.content.manuscripts import Manuscript
from elearning.content.markdown import Addresses
from elearning.content.module_parser import SOURCE_FILE as MODULE_FILE
from elearning.content.module_parser import parse_module
from elearning.content.modules import LearningModule
from elearning.content.placeholders import Places
from elearning.content.references import References
from elearning.content.rendered import RenderedModule, RenderedScenario, Renderer
from elearning.content.sources import ContentRoot, hash_of
from elearning.content.training_plans import Versions
from elearning.content.training_versions import with_own_policies
from elearning.content.trainings import read_trainings
from elearning.errors import ContentInvalid, NotFound, ScenarioNotPublished
from elearning.learning.training import ScenarioPart, Training
from elearning.problem import Findings, Problem, as_warnings, blocks_publication
from elearning.scenario.ids import ScenarioId
from elearning.scenario.judge import judge_scenario
from elearning.scenario.model import Scenario, ScenarioText
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.registry import Registry
from elearning.scenario.registry_parser import parse_registry
from elearning.yaml_fields import LANGUAGES

COMPETENCIES = "scenarios/competencies.yaml"
SCENARIO_FILE = "scenario.md"
TRAININGS = "modules/trainings.yaml"

# The digest of the proof of a version that was judged before, by scenario and version.
Known = Mapping[tuple[ScenarioId, str], str]


@dataclass(frozen=True, slots=True)
class Playable:
    """One version of a scenario, ready to play; `sources` is kept for attempts that stay on it."""

    scenario: Scenario
    texts: Mapping[str, ScenarioText]
    rendered: Mapping[str, RenderedScenario]
    sources: str


@dataclass(frozen=True, slots=True)
class ServedModule:
    """A module and its pages per language."""

    module: LearningModule
    rendered: Mapping[str, RenderedModule]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is served, by id."""

    registry: Registry
    scenarios: Mapping[ScenarioId, Playable]
    manuscripts: Mapping[ScenarioId, Manuscript]
    modules: Mapping[str, ServedModule]
    trainings: Mapping[str, Training]
    proofs: Mapping[ScenarioId, str]
    directory: Directory
    institution: Institution
    handouts: Handouts
    addresses: Addresses
    _older: dict[tuple[str, str], Playable] = field(default_factory=dict)

    def scenario(self, scenario_id: str) -> Playable:
        """Return the served version of a scenario; raises `ScenarioNotPublished`."""
        try:
            return self.scenarios[ScenarioId(scenario_id)]
        except KeyError:
            raise ScenarioNotPublished(f"no scenario {scenario_id!r}") from None

    def manuscript(self, scenario_id: str) -> Manuscript:
        """Return a scenario as its authors see it, a draft too; raises `NotFound`."""
        try:
            return self.manuscripts[ScenarioId(scenario_id)]
        except KeyError:
            raise NotFound(f"no scenario {scenario_id!r}") from None

    def module(self, module_id: str) -> ServedModule:
        """Return a module; raises `NotFound`."""
        if module_id not in self.modules:
            raise NotFound(f"no module {module_id!r}")
        return self.modules[module_id]

    def training(self, training_id: str) -> Training:
        """Return a training; raises `NotFound`."""
        if training_id not in self.trainings:
            raise NotFound(f"no training {training_id!r}")
        return self.trainings[training_id]

    def proof_of(self, training_id: str) -> str | None:
        """Return one digest over the proofs of everything that may count for a training.

        The same whatever somebody chose of it. None where nothing was proved, as in a draft.
        """
        counted = {
            name
            for part in self.training(training_id).parts
            if isinstance(part, ScenarioPart)
            for name in part.any_of
        }
        if not counted or not counted <= self.proofs.keys():
            return None
        lines = "".join(f"{name} {self.proofs[name]}\n" for name in sorted(counted))
        return sha256(lines.encode()).hexdigest()

    def older(self, scenario_id: str, version: str) -> Playable | None:
        """Return an earlier version that was revived before, or None."""
        return self._older.get((scenario_id, version))

    def revive(self, scenario_id: str, sources: str) -> Playable:
        """Make an earlier version playable from its kept sources, and remember it.

        The shared names and severities were kept with it. Raises `ScenarioNotPublished` when this
        program can no longer read what an earlier one kept.
        """
        kept = json.loads(sources)
        registry, _ = parse_registry(kept[COMPETENCIES], COMPETENCIES)
        files = {name: text for name, text in kept.items() if name != COMPETENCIES}
        parsed = parse_scenario(files, registry).parsed
        if parsed is None:
            raise ScenarioNotPublished(f"the kept version of {scenario_id} cannot be read")
        places = Places(self.directory, self.institution)
        playable = _playable(parsed, kept, places, self.addresses)
        self._older[(scenario_id, playable.scenario.version)] = playable
        return playable


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of reading everything: a library when nothing blocks, and every problem."""

    library: Library | None
    problems: tuple[Problem, ...]


def read_places(root: ContentRoot, overlay: Path) -> Places:
    """Return where placeholders get their values; what is wrong there is not reported here."""
    return Places(read_directory(root)[0], _institution(overlay, []))


def load_library(
    root: ContentRoot, overlay: Path, addresses: Addresses, *, known: Known | None = None
) -> Library:
    """Return the library; raise `ContentInvalid` that lists every problem with file and line."""
    loaded = read_everything(root, overlay, addresses, known=known)
    if loaded.library is None:
        lines = (f"{p.file}:{p.line}: {p.code} {p.message}" for p in loaded.problems)
        raise ContentInvalid("\n".join(lines))
    return loaded.library


def read_everything(
    root: ContentRoot, overlay: Path, addresses: Addresses, *, known: Known | None = None
) -> Loaded:
    """Read and check all content; problems of every file come back together.

    With `known`, every scenario is judged as well, but for the versions whose proof is known: what
    is not proved can then be practised, and a training that names it is refused. Without it, the
    plays of the scenarios are left alone: for tools that read, and never for what is served.
    """
    shared = {COMPETENCIES: root.read(COMPETENCIES)}
    registry, registry_problems = parse_registry(shared[COMPETENCIES], COMPETENCIES)
    directory, directory_problems = read_directory(root)
    handouts, handout_problems = read_handouts(root, directory)
    found = [*registry_problems, *directory_problems, *handout_problems]
    places = Places(directory, _institution(overlay, found))
    scenario_files = root.folders("scenarios", SCENARIO_FILE)
    module_files = root.folders("modules", MODULE_FILE)
    scenarios, proofs = _scenarios(scenario_files, registry, found, places, known)
    drafts = {name for name, each in scenarios.items() if each.scenario.is_draft}
    modules = _modules(module_files, found)
    unproved = set[ScenarioId]() if known is None else scenarios.keys() - proofs.keys()
    trainings = _trainings(root, scenarios, modules, module_files, unproved, found)
    own = Findings(overlay.name)
    trainings = with_own_policies(trainings, places.institution.policies, own)
    equivalent_problems(places.institution.equivalents, trainings, own)
    trainings = with_own_months(trainings, places.institution.equivalents)
    found += own.found
    references = References(places, _page_names(modules))
    handout_files = {handout_file(each): root.read(handout_file(each)) for each in HANDOUTS}
    found += references.problems(handout_files)
    found += _broken_links({**scenario_files, **module_files}, references, directory, drafts)
    problems = tuple(sorted(set(found)))
    if blocks_publication(problems):
        return Loaded(None, problems)
    playables = {
        name: _playable(parsed, {**scenario_files[name], **shared}, places, addresses)
        for name, parsed in scenarios.items()
    }
    library = Library(
        registry=registry,
        scenarios={name: each for name, each in playables.items() if name not in drafts},
        manuscripts={
            name: _manuscript(
                parsed, playables[name], scenario_files[name], registry, places, problems
            )
            for name, parsed in scenarios.items()
        },
        modules={each.id: _served(each, places, addresses) for each in modules.values()},
        trainings=trainings,
        proofs=proofs,
        directory=places.directory,
        institution=places.institution,
        handouts=handouts,
        addresses=addresses,
    )
    return Loaded(library, problems)


def _broken_links(
    folders: Mapping[str, Mapping[str, str]],
    references: References,
    directory: Directory,
    drafts: AbstractSet[str],
) -> Iterator[Problem]:
    """Yield what refers to nothing, or examines what is being checked; a draft is only warned."""
    for folder, files in folders.items():
        broken = [*references.problems(files), *examined_problems(files, directory)]
        yield from as_warnings(broken) if folder in drafts else broken


def _institution(overlay: Path, found: list[Problem]) -> Institution:
    findings = Findings(overlay.name)
    text = overlay.read_text(encoding="utf-8") if overlay.is_file() else ""
    if not text:
        findings.error("O0", 1, "the institution's overlay is missing; see docs/authoring.md")
    institution = read_institution(text, overlay.parent, findings)
    found += findings.found
    return institution


def _scenarios(
    files: Mapping[str, Mapping[str, str]],
    registry: Registry,
    found: list[Problem],
    places: Places,
    known: Known | None,
) -> tuple[dict[ScenarioId, Parsed], dict[ScenarioId, str]]:
    """Return the scenarios that can be read, and the digests of the proofs of those that hold."""
    scenarios: dict[ScenarioId, Parsed] = {}
    proofs: dict[ScenarioId, str] = {}
    for folder, sources in files.items():
        outcome = parse_scenario(sources, registry)
        digest = _known_proof(outcome.parsed, known)
        if known is not None and digest is None:
            judgement = judge_scenario(sources, registry, places.fill_text)
            outcome, digest = judgement.outcome, judgement.digest
        found += outcome.problems
        if outcome.parsed is not None:
            scenarios[ScenarioId(folder)] = outcome.parsed
            if digest is not None:
                proofs[ScenarioId(folder)] = digest
    return scenarios, proofs


def _known_proof(parsed: Parsed | None, known: Known | None) -> str | None:
    if parsed is None or known is None:
        return None
    return known.get((parsed.scenario.id, parsed.scenario.version))


def _modules(
    files: Mapping[str, Mapping[str, str]], found: list[Problem]
) -> dict[str, LearningModule]:
    modules: dict[str, LearningModule] = {}
    for folder, sources in files.items():
        parsed = parse_module(sources)
        found += parsed.problems
        if parsed.module is not None:
            modules[folder] = parsed.module
    return modules


def _trainings(
    root: ContentRoot,
    scenarios: Mapping[ScenarioId, Parsed],
    modules: Mapping[str, LearningModule],
    module_files: Mapping[str, Mapping[str, str]],
    unproved: AbstractSet[ScenarioId],
    found: list[Problem],
) -> dict[str, Training]:
    findings = Findings(TRAININGS)
    versions = Versions(
        modules={name: hash_of(files) for name, files in module_files.items()},
        scenarios={name: each.scenario.version for name, each in scenarios.items()},
        practice_only={
            name
            for name, each in scenarios.items()
            if not each.scenario.may_count or name in unproved
        },
        examined={name for name, each in modules.items() if each.is_examined},
    )
    trainings = read_trainings(root.read(TRAININGS), findings, versions)
    found += findings.found
    return trainings


def _page_names(modules: Mapping[str, LearningModule]) -> frozenset[str]:
    return frozenset(f"{each.id}/{page.id}" for each in modules.values() for page in each.pages)


def _playable(
    parsed: Parsed, kept: Mapping[str, str], places: Places, addresses: Addresses
) -> Playable:
    return Playable(
        scenario=parsed.scenario,
        texts=parsed.texts,
        rendered={
            lang: Renderer(places, addresses, lang).scenario(text)
            for lang, text in parsed.texts.items()
        },
        sources=json.dumps(dict(kept), ensure_ascii=False, sort_keys=True),
    )


def _manuscript(
    parsed: Parsed,
    playable: Playable,
    files: Mapping[str, str],
    registry: Registry,
    places: Places,
    problems: Iterable[Problem],
) -> Manuscript:
    return Manuscript(
        parsed=parsed,
        rendered=playable.rendered,
        files=files,
        registry=registry,
        places=places,
        problems=tuple(each for each in problems if each.file in files),
    )


def _served(module: LearningModule, places: Places, addresses: Addresses) -> ServedModule:
    rendered = {lang: Renderer(places, addresses, lang).module(module) for lang in LANGUAGES}
    return ServedModule(module, rendered)
