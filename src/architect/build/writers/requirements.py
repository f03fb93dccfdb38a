"""requirements/: what the project needs, and the part of the exemplar's lock that this reaches."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from architect.build import exemplar
from architect.build.contributions.packaging import Dependency, DevelopmentDependency, extras
from architect.build.lock import closure, parse, roots, united
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

DEVELOPMENT = "requirements/development.in"

ALTERNATIVES: Final = Path(__file__).parents[1] / "data" / "alternatives.txt"
"""Pins of what only projects need that chose otherwise than the exemplar; `make lock` refreshes them."""


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    origin = f"{scene.names.kebab} (pyproject.toml)"
    running = roots(origin, [entry.requirement for entry in slots.of(Dependency) if not entry.extra])
    optional = {extra.name: roots(origin, extra.requirements) for extra in extras(slots.of(Dependency))}
    names = [entry.name for entry in slots.of(DevelopmentDependency)]
    developing = roots(f"-r {DEVELOPMENT}", names)
    all_running = {name: via for some in (running, *optional.values()) for name, via in some.items()}
    both = {
        name: (*developing.get(name, ()), *all_running.get(name, ()))
        for name in sorted({*all_running, *developing})
    }
    yield Text(DEVELOPMENT, "".join(f"{name}\n" for name in names))
    yield Text("requirements/development.txt", _closure("development", both), "tool")
    yield Text("requirements/runtime.txt", _closure("runtime", running), "tool")
    for name, direct in optional.items():
        path = f"requirements/{name}.txt"
        yield Text(path, _closure(name, running | direct), "tool")


def _closure(name: str, direct: Mapping[str, tuple[str, ...]]) -> str:
    """Return what is needed of the exemplar's lock, and of what it does without where that is needed."""
    master = parse(exemplar.sources()[f"requirements/{name}.txt"].content.decode())
    if direct.keys() <= {pin.name for pin in master}:
        return closure(master, direct)
    return closure(united(master, parse(ALTERNATIVES.read_text(encoding="utf-8"))), direct)


WRITERS.add("requirements", Writer("core", _write))
