"""Contributions to pyproject.toml and the requirements."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dependency:
    """Something the running service needs, as pyproject.toml writes it.

    What a service starts without stands in an ``extra``, which is installed with it or not.
    """

    requirement: str
    extra: str = ""

    @property
    def key(self) -> str:
        """Its name with its extras."""
        return re.split(r"[<>=!~; ]", self.requirement)[0]


@dataclass(frozen=True, slots=True)
class Extra:
    """What is installed beside what a service starts with: its name, and its requirements."""

    name: str
    requirements: tuple[str, ...]


def extras(dependencies: Iterable[Dependency]) -> tuple[Extra, ...]:
    """Return the extras that dependencies stand in, sorted by name."""
    found: dict[str, list[str]] = {}
    for entry in dependencies:
        if entry.extra:
            found.setdefault(entry.extra, []).append(entry.requirement)
    return tuple(Extra(name, tuple(found[name])) for name in sorted(found))


@dataclass(frozen=True, slots=True)
class ExtraUse:
    """What an extra adds to what serving needs, as a sentence lists it."""

    extra: str
    what: str

    @property
    def key(self) -> str:
        """The extra."""
        return self.extra


@dataclass(frozen=True, slots=True)
class Override:
    """What is taken instead of somebody else's requirement, as uv writes it, and the reason."""

    requirement: str
    reason: str

    @property
    def key(self) -> str:
        """The requirement."""
        return self.requirement


@dataclass(frozen=True, slots=True)
class DevelopmentDependency:
    """Something that only developing needs."""

    name: str

    @property
    def key(self) -> str:
        """Its name."""
        return self.name


@dataclass(frozen=True, slots=True)
class LintException:
    """Lint rules that do not hold below a path, each with the reason."""

    path: str
    rules: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """The path."""
        return self.path

    @property
    def aligned(self) -> tuple[tuple[str, str], ...]:
        """Each rule as TOML, padded so that the reasons stand in one column, and its reason."""
        wide = max(len(rule) for rule, _ in self.rules) + 3
        return tuple((f'"{rule}",'.ljust(wide), reason) for rule, reason in self.rules)


@dataclass(frozen=True, slots=True)
class GeneratedPath:
    """A directory that tools write, which linters leave alone."""

    path: str
    reason: str

    @property
    def key(self) -> str:
        """The path."""
        return self.path


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """An import name that a directory of the project hides from the sorter of imports."""

    name: str
    reason: str

    @property
    def key(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True)
class TypeException:
    """Modules that mypy treats apart: the option, and the reason."""

    modules: str
    option: str
    reason: str

    @property
    def key(self) -> str:
        """The modules."""
        return self.modules
