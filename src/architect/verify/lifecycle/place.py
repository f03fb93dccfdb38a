"""Where the boot gate works, and how its probes say what went wrong."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from architect.model.fact import Figure
from architect.verify.bench import Bench
from architect.verify.payloads import path

_LEFT_AT_HOME = shutil.ignore_patterns(
    ".venv", ".local", ".git", ".architect", ".env", "__pycache__", ".*_cache", ".hypothesis"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a probe saw that must not be; ``where`` is an endpoint, a variable or a command."""

    message: str
    where: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A bench, and a copy of the project as a clone has it: nothing that developers keep beside it."""

    bench: Bench
    clone: Path

    @property
    def bare(self) -> dict[str, str]:
        """Nothing but where the package is."""
        return {"PYTHONPATH": str(self.clone / "src")}

    @property
    def collection(self) -> str:
        """The path of the first entity's collection."""
        return path(self.bench.subject.entities[0])

    def token(self, right: str) -> str:
        """Return a token with that right (``read``, ``write``) on the first entity."""
        scope = f"{self.collection.rpartition('/')[2]}:{right}"
        return self.bench.issuer.token("boot", [scope])

    async def command(self, *arguments: str) -> tuple[str, ...]:
        """Return the command line of the package."""
        return (str(await self.bench.python()), "-m", self.bench.subject.package, *arguments)

    def note(self, name: str, value: float, unit: str, because: str) -> None:
        """Write a measured figure down."""
        self.bench.sheet.figure(Figure(name, value, unit, "measured", because))


def copy_as_cloned(project: Path, clone: Path) -> None:
    """Copy a project into an existing empty directory, without what its ``.gitignore`` would leave out."""
    shutil.copytree(project, clone, ignore=_LEFT_AT_HOME, dirs_exist_ok=True)
