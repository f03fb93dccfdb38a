"""What is verified: one project directory together with the brief and the design it came from."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from architect.model.brief import Brief, Service
from architect.model.decision import Decision
from architect.model.design import Component, Design, Link, Sizing
from architect.model.entity import Entity
from architect.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Subject:
    """A project to run.

    Args:
        directory: the project's root, absolute.
        name: its name as people know it (``order-desk``).
        package: its Python package (``order_desk``).
        brief: what was wanted; its entities give the payloads, its load the targets.
        design: what was decided; its sizing gives the predictions. ``None`` when only a brief is known.
        python: interpreter of an environment that has the project's requirements; ``None`` lets the
            run make one.
    """

    directory: Path
    name: str
    package: str
    brief: Brief
    design: Design | None = None
    python: Path | None = None

    @property
    def service(self) -> Service:
        """The first service of the brief; an empty one when it names none."""
        return self.brief.services[0] if self.brief.services else Service()

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The service's entities in the brief's order."""
        return tuple(fact.value for fact in self.service.entities)

    def speaks(self, interface: str) -> bool:
        """Whether it offers that interface (``rest``, ``grpc``): as decided, else as the brief says."""
        style = self.design.chosen("interface_style") if self.design else None
        if style is not None:
            return style in {interface, "both"}
        return any(fact.value == interface for fact in self.service.interfaces)


@dataclass(frozen=True, slots=True)
class _Recorded:
    decisions: tuple[Decision, ...]
    sizing: Sizing
    components: tuple[Component, ...]
    links: tuple[Link, ...]
    warnings: tuple[str, ...] = ()


def recorded_design(directory: Path, brief: Brief) -> Design:
    """Return the design that a project was built from, as its ``.architect/design.json`` records it.

    Designing anew would compare the project with today's calibration and prices instead.

    Raises:
        InputError: the record is missing or damaged.
    """
    file = directory / ".architect" / "design.json"
    try:
        found = TypeAdapter(_Recorded).validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        mend = "restore the file, or build the project anew"
        raise InputError("the design's record cannot be read", where=str(file), mend=mend) from error
    return Design(brief, found.decisions, found.sizing, found.components, found.links, found.warnings)


def subject_of(directory: Path, brief: Brief, design: Design | None = None) -> Subject:
    """Return the project that stands in ``directory``; its name and package are read from its files.

    Raises:
        InputError: there is no ``pyproject.toml`` with a name, or not exactly one package under ``src``.
    """
    file = directory / "pyproject.toml"
    try:
        name = tomllib.loads(file.read_text(encoding="utf-8"))["project"]["name"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        mend = "verify a project that 'architect build' wrote, or restore the file"
        raise InputError("no project's name can be read", where=str(file), mend=mend) from error
    packages = [found.parent.name for found in sorted(directory.glob("src/*/__main__.py"))]
    if len(packages) != 1:
        raise InputError(
            f"{len(packages)} runnable packages, and one is verified",
            where=str(directory / "src"),
            mend="keep one src/*/__main__.py",
        )
    return Subject(directory, str(name), packages[0], brief, design)
