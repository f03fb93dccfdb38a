"""Design -> Project: pure and deterministic; the same design gives the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from architect.build import exemplar
from architect.build.block import BLOCKS, Block
from architect.build.choices import choices
from architect.build.decisions import BLOCK as ADR
from architect.build.decisions import decisions
from architect.build.entity.normalise import entities
from architect.build.entity.taken import taken
from architect.build.entity.view import EntityView
from architect.build.formatting import SETTINGS, formatted
from architect.build.manifests import canonical
from architect.build.migrations import linked
from architect.build.names import Names, names, renamed, renamed_path
from architect.build.record import record
from architect.build.remainder import remainder
from architect.build.rendering import per_entity, per_project
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.stubs import stubs
from architect.build.writer import WRITERS
from architect.model.brief import Brief
from architect.model.design import Design
from architect.model.project import File, Owner, Project

WRITTEN_ONCE: Final = ("architect.yaml", "migrations/versions/")
"""What becomes its owner's at once: the brief, and migrations, which may have run."""

_MANIFESTS: Final = (".github/", "compose.yaml", "deploy/")
"""YAML in the one style, which depends on how long names are."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file on its way: under the placeholder's name, and not formatted yet."""

    path: str
    text: str
    owner: Owner
    block: str
    executable: bool = False


def build(design: Design, document: str, records: Sequence[tuple[str, str]] = ()) -> Project:
    """Return the project of a design.

    Args:
        design: what was settled.
        document: the brief as the text of an ``architect.yaml``, which the project carries.
        records: file name and Markdown of each decision's record, for ``docs/adr``.

    Raises:
        InputError: the design rests on something that this version cannot write, or its entities
            cannot be written.
    """
    scene, told = _scene(design)
    blocks = {name: block for name, block in BLOCKS.items().items() if block.selected(scene.choices)}
    written = [*_whole(blocks), *_rendered(blocks, scene)]
    drafts = [
        *written,
        *_stubs(written, scene),
        *_composed(blocks, scene),
        *(_Draft(text.path, text.content, text.owner, ADR) for text in decisions(design, records)),
        _Draft("architect.yaml", document, "yours", "core"),
    ]
    _refuse_twice(drafts)
    files = _files(_formatted([_renamed(draft, scene.names) for draft in _linked(drafts)]))
    return Project(
        name=scene.names.kebab,
        package=scene.names.package,
        files=tuple(sorted((*files, *record(files, design)), key=lambda file: file.path)),
        unbuilt=(*remainder(design), *told),
    )


def _scene(design: Design) -> tuple[Scene, tuple[str, ...]]:
    found = entities(design.brief)
    chosen = choices(design, found.named)
    views = tuple(
        EntityView(entity, found.named, taken=taken(), guarded=chosen.identity != "none")
        for entity in found.named
    )
    called = names(_wished_name(design.brief), max(len(view.module) for view in views))
    return Scene(called, chosen, views, design), found.told


def _wished_name(brief: Brief) -> str:
    storing = [service for service in brief.services if service.entities]
    if len(storing) == 1 and storing[0].name:
        return storing[0].name.value
    return brief.name.value if brief.name else "service"


def _whole(blocks: dict[str, Block]) -> Iterator[_Draft]:
    rendered = frozenset(path for path in exemplar.sources() if exemplar.is_of_an_entity(path))
    for name, block in blocks.items():
        wide = frozenset(block.wide)
        for path, source in exemplar.sources().items():
            if block.brings(path) and path not in rendered | wide:
                yield _Draft(path, source.content.decode(), _owner(path), name, source.executable)


def _rendered(blocks: dict[str, Block], scene: Scene) -> Iterator[_Draft]:
    for name, block in blocks.items():
        made = [entry for path in block.templates for entry in per_entity(path, scene.entities)]
        made += [per_project(path, scene.entities) for path in block.wide]
        yield from (_Draft(path, text, _owner(path), name) for path, text in made)


def _stubs(written: Iterable[_Draft], scene: Scene) -> Iterator[_Draft]:
    """Yield what is generated from the protos of a project, those of entities and those copied whole.

    All of them at once: one may import another, and protoc costs more to start than to run.
    """
    protos = {
        renamed_path(draft.path.removeprefix("proto/"), scene.names): draft
        for draft in written
        if draft.path.endswith(".proto")
    }
    made = stubs({path: _as_package(draft.text, scene) for path, draft in protos.items()})
    blocks = {path.removesuffix(".proto"): draft.block for path, draft in protos.items()}
    for path, text in made.items():
        yield _Draft(f"src/{path}", text, "tool", blocks[path.partition("_pb2")[0]])


def _as_package(text: str, scene: Scene) -> str:
    return renamed("a.proto", text, scene.names)


def _composed(blocks: dict[str, Block], scene: Scene) -> Iterator[_Draft]:
    slots = Slots((name, entry) for name, block in blocks.items() for entry in block.contribute(scene))
    for writer in WRITERS.items().values():
        if writer.block in blocks:
            for text in writer.write(scene, slots):
                yield _Draft(text.path, text.content, text.owner, writer.block)


def _owner(path: str) -> Owner:
    return "yours" if path.startswith(WRITTEN_ONCE) else "shared"


def _refuse_twice(drafts: Iterable[_Draft]) -> None:
    seen: dict[str, str] = {}
    for draft in drafts:
        if draft.path in seen:
            message = f"{draft.path} is brought twice, by {seen[draft.path]} and {draft.block}"
            raise ValueError(message)
        seen[draft.path] = draft.block


def _linked(drafts: list[_Draft]) -> list[_Draft]:
    done = linked({draft.path: draft.text for draft in drafts})
    return [replace(draft, text=done.get(draft.path, draft.text)) for draft in drafts]


def _renamed(draft: _Draft, to: Names) -> _Draft:
    if draft.path == "architect.yaml":
        return draft
    text = renamed(draft.path, draft.text, to)
    if draft.path.endswith(".yaml") and draft.path.startswith(_MANIFESTS):
        text = canonical(text)
    return replace(draft, path=renamed_path(draft.path, to), text=text)


def _formatted(drafts: list[_Draft]) -> list[_Draft]:
    python = {
        draft.path: draft.text for draft in drafts if draft.path.endswith(".py") or draft.path == SETTINGS
    }
    done = formatted(python)
    return [replace(draft, text=done.get(draft.path, draft.text)) for draft in drafts]


def _files(drafts: Iterable[_Draft]) -> list[File]:
    return [
        File(draft.path, draft.text.encode(), draft.owner, draft.block, draft.executable) for draft in drafts
    ]
