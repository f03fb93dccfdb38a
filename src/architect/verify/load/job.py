"""What the load generator is told and what it answers, as JSON between two processes."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from architect.model.entity import Entity

Operation = Literal["get", "list", "create", "update", "grpc_get"]
Mix = dict[Operation, float]


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of load.

    Args:
        name: what the result calls it.
        mix: share of each operation; the generator normalises them.
        seconds: how long requests are begun.
        connections: requests under way at once (closed loop), or connections opened beforehand (open loop).
        rate: requests a second in the mean, with Poisson arrivals; 0 makes a closed loop, where each
            connection sends its next request when the last was answered.
        within: name of an earlier closed loop; a rate beyond what was answered there is shared.
        processes: how many share it.
    """

    name: str
    mix: Mix
    seconds: float
    connections: int
    rate: float = 0.0
    within: str = ""
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Job:
    """Everything the generator needs.

    Args:
        http_port: where REST listens on 127.0.0.1; 0 without REST.
        grpc_target: where gRPC listens; empty without gRPC.
        token: whose requests they are.
        entities: what is created, read, listed and changed.
        phases: what is done, one after another.
        service: process id of the service, which is watched.
        database: process id of the database server, likewise; 0 when it is not ours.
        seed: the same seed gives the same requests at the same times.
    """

    http_port: int
    grpc_target: str
    token: str
    entities: tuple[Entity, ...]
    phases: list[Phase]
    service: int
    database: int = 0
    seed: int = 1

    def written(self) -> bytes:
        """Return the job as JSON."""
        return TypeAdapter(Job).dump_json(self)


@dataclass(frozen=True, slots=True)
class Sample:
    """What one phase measured.

    Args:
        seconds: from the first intended request to the last answer.
        rate: requests a second that were begun (open loop), 0 in a closed loop.
        latencies_ms: of each operation's answered requests, from the intended time to the whole answer.
        errors: how often each kind of failure came.
        late_ms: how much later than intended each request was sent (open loop).
        service_cpu_seconds: CPU of the service's processes in the phase; likewise the others.
        machine_cpu_seconds: CPU of everything on the machine in the phase.
        resident_mebibytes: the service's memory at the end of the phase.
    """

    phase: str
    seconds: float
    latencies_ms: dict[Operation, list[float]]
    rate: float = 0.0
    errors: dict[str, int] = field(default_factory=dict)
    late_ms: list[float] = field(default_factory=list)
    service_cpu_seconds: float = 0.0
    database_cpu_seconds: float = 0.0
    generator_cpu_seconds: float = 0.0
    machine_cpu_seconds: float = 0.0
    resident_mebibytes: float = 0.0

    @property
    def answered(self) -> int:
        """How many requests were answered as they should."""
        return sum(len(values) for values in self.latencies_ms.values())

    @property
    def failed(self) -> int:
        """How many were not."""
        return sum(self.errors.values())

    @property
    def throughput(self) -> float:
        """Answered requests a second."""
        return self.answered / self.seconds if self.seconds else 0.0

    @property
    def cpu_ms(self) -> float:
        """CPU of the service a request, in milliseconds."""
        return 1000 * self.service_cpu_seconds / max(self.answered + self.failed, 1)

    @property
    def database_ms(self) -> float:
        """CPU of the database server a request, in milliseconds."""
        return 1000 * self.database_cpu_seconds / max(self.answered + self.failed, 1)

    @property
    def others_cores(self) -> float:
        """How many cores programs that have no part in it kept busy meanwhile."""
        own = self.service_cpu_seconds + self.database_cpu_seconds + self.generator_cpu_seconds
        return max(0.0, self.machine_cpu_seconds - own) / max(self.seconds, 0.001)

    def all_latencies(self) -> list[float]:
        """Return the latencies of all operations, sorted."""
        return sorted(value for values in self.latencies_ms.values() for value in values)


def read_job(data: bytes) -> Job:
    """Return a job that was written.

    Raises:
        pydantic.ValidationError: it is none.
    """
    return TypeAdapter(Job).validate_json(data)


def write_samples(samples: list[Sample]) -> bytes:
    """Return samples as JSON."""
    return TypeAdapter(list[Sample]).dump_json(samples)


def read_samples(data: bytes) -> list[Sample]:
    """Return samples that were written.

    Raises:
        pydantic.ValidationError: they are none.
    """
    return TypeAdapter(list[Sample]).validate_json(data)
