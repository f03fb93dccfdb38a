"""requirements/: what the project needs, and the part of the exemplar's lock that this reaches."""

from collections.abc import Iterator

from architect.build import exemplar
from architect.build.contributions.packaging import Dependency, DevelopmentDependency, extras
from architect.build.lock import closure, parse, roots
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

DEVELOPMENT = "requirements/development.in"


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
    yield Text("requirements/development.txt", closure(parse(_master("development")), both), "tool")
    yield Text("requirements/runtime.txt", closure(parse(_master("runtime")), running), "tool")
    for name, direct in optional.items():
        path = f"requirements/{name}.txt"
        yield Text(path, closure(parse(_master(name)), running | direct), "tool")


def _master(name: str) -> str:
    return exemplar.sources()[f"requirements/{name}.txt"].content.decode()


WRITERS.add("requirements", Writer("core", _write))
