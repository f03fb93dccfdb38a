"""requirements/: what the project needs, and the part of the exemplar's lock that this reaches."""

from collections.abc import Iterator

from architect.build import exemplar
from architect.build.contributions.packaging import Dependency, DevelopmentDependency
from architect.build.lock import closure, parse, roots
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

DEVELOPMENT = "requirements/development.in"


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    running = roots(
        f"{scene.names.kebab} (pyproject.toml)", [entry.requirement for entry in slots.of(Dependency)]
    )
    names = [entry.name for entry in slots.of(DevelopmentDependency)]
    developing = roots(f"-r {DEVELOPMENT}", names)
    both = {
        name: (*developing.get(name, ()), *running.get(name, ())) for name in sorted({*running, *developing})
    }
    yield Text(DEVELOPMENT, "".join(f"{name}\n" for name in names))
    yield Text("requirements/development.txt", closure(parse(_master("development")), both), "tool")
    yield Text("requirements/runtime.txt", closure(parse(_master("runtime")), running), "tool")


def _master(name: str) -> str:
    return exemplar.sources()[f"requirements/{name}.txt"].content.decode()


WRITERS.add("requirements", Writer("core", _write))
