"""Contributions to the composition of the process: bootstrap.py and settings.py."""

from dataclasses import dataclass
from typing import Final

ROUTES: Final = "ROUTES"
"""What stands in a server's lines for all that it serves."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import of bootstrap.py, as a statement."""

    statement: str

    @property
    def key(self) -> str:
        """The statement."""
        return self.statement


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the settings: the field, the class and its module below the package."""

    field: str
    module: str
    name: str

    @property
    def key(self) -> str:
        """The field."""
        return self.field


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the command line; ``prepares`` says that serving begins with it outside production."""

    name: str
    expression: str
    prepares: bool = False

    @property
    def key(self) -> str:
        """What it is called by."""
        return self.name


@dataclass(frozen=True, slots=True)
class CounterScheme:
    """Where hits are counted, by the scheme of RATE_LIMIT_STORAGE_URL."""

    scheme: str
    factory: str

    @property
    def key(self) -> str:
        """The scheme."""
        return self.scheme


@dataclass(frozen=True, slots=True)
class Resource:
    """Something opened before serving and closed after; ``lines`` leave it in a variable of that name.

    Those of a lower ``place`` are opened before those that are given them, and closed after.
    """

    name: str
    lines: tuple[str, ...]
    place: int = 50

    @property
    def key(self) -> str:
        """The place, and the variable."""
        return f"{self.place:03} {self.name}"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that servers are built from besides what all have: a field of ``Parts``, and its value."""

    name: str
    annotation: str
    expression: str

    @property
    def key(self) -> str:
        """The field."""
        return self.name


@dataclass(frozen=True, slots=True)
class Routes:
    """What a server serves: an expression over ``parts``."""

    server: str
    expression: str

    @property
    def key(self) -> str:
        """The server, and what it serves."""
        return f"{self.server} {self.expression}"


@dataclass(frozen=True, slots=True)
class Right:
    """A kind of resource that scopes are given for: the module, below the package, that holds ``ACCESS``."""

    module: str

    @property
    def key(self) -> str:
        """The module's own name."""
        return self.module.rpartition(".")[2]

    @property
    def package(self) -> str:
        """Where the module stands."""
        return self.module.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who tells callers apart: there is one."""

    expression: str

    @property
    def key(self) -> str:
        """There is one."""
        return "verifier"


@dataclass(frozen=True, slots=True)
class Ping:
    """A dependency that readiness asks."""

    name: str
    expression: str

    @property
    def key(self) -> str:
        """What it is called."""
        return self.name


@dataclass(frozen=True, slots=True)
class ServerPart:
    """Something that listens: the function that builds it, and the command that starts it alone."""

    name: str
    mode: str
    function: str
    title: str
    made_of: str
    """The library that it is made of."""

    lines: tuple[str, ...]
    """The body of the function, indented by nothing."""

    helpers: tuple[str, ...] = ()
    """Lines of functions that stand before it."""

    @property
    def key(self) -> str:
        """What it speaks."""
        return self.name
