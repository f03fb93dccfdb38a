"""Contributions to images, Compose, Kubernetes and CI."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Port:
    """A port that the process listens on; ``outside`` is the number on its Kubernetes service."""

    name: str
    number: int
    outside: int
    protocol: str
    """What Kubernetes calls the protocol above TCP."""

    @property
    def key(self) -> str:
        """What Kubernetes lists first: the number that callers dial."""
        return f"{self.outside:05}"


@dataclass(frozen=True, slots=True)
class Scrape:
    """The port on which GET /metrics answers."""

    port: int

    @property
    def key(self) -> str:
        """There is one."""
        return "scrape"


@dataclass(frozen=True, slots=True)
class Probe:
    """How a platform asks whether the process lives and is ready; the first by ``place`` is used.

    ``live`` and ``ready`` are probes of Kubernetes in YAML; ``image`` is what the image runs to see whether
    the process lives, ``compose`` what Compose runs to see whether it is ready: a Python statement each.
    """

    place: int
    live: str
    ready: str
    image: str
    compose: str

    @property
    def key(self) -> str:
        """The place."""
        return f"{self.place:03}"


@dataclass(frozen=True, slots=True)
class Egress:
    """A port that the process connects to, and what is there as a sentence lists it."""

    place: int
    port: int
    what: str

    @property
    def key(self) -> str:
        """The place."""
        return f"{self.place:03}"


@dataclass(frozen=True, slots=True)
class ComposeService:
    """A service beside ours in Compose, as YAML; ours waits until it is healthy.

    ``what`` is what it is to ours, in a sentence; ``volume`` where it keeps what must stay.
    """

    name: str
    definition: str
    what: str
    volume: str = ""

    @property
    def key(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory of the process's own files, which outlive it: a volume of that name, and where it is."""

    name: str
    path: str

    @property
    def key(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True)
class CiService:
    """A service that the tests find in CI, as YAML, and the variable that leads to it."""

    name: str
    definition: str
    variable: str
    url: str

    @property
    def key(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True)
class CiJob:
    """A job of CI beside lint, types and tests, as YAML."""

    name: str
    definition: str

    @property
    def key(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True)
class KubernetesObject:
    """A manifest that kustomize composes."""

    name: str

    @property
    def key(self) -> str:
        """The file's name, an object before those named after it."""
        return self.name.replace(".", "+")
