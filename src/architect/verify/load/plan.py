"""What the load consists of: the brief's mix, split as the sizing splits it."""

import json
from math import ceil
from typing import Final

from architect.model.entity import Entity
from architect.model.naming import pascal_case
from architect.verify.load.job import Mix, Operation, Phase, Target
from architect.verify.payloads import Payloads, path
from architect.verify.subject import Subject

GET_OF_READS: Final = 0.7
"""Share of reads by id, the rest are lists: as the sizing assumes it."""
CREATE_OF_WRITES: Final = 0.6
"""Share of creations among writes, the rest are updates: likewise."""
GRPC_OF_GETS: Final = 0.5
"""Share of reads by id that come by gRPC where both are offered."""
DEFAULT_READ_SHARE: Final = 0.9
DEFAULT_RATE: Final = 50.0

WARM_UP_SECONDS: Final = 0.5
CALIBRATION_SECONDS: Final = 0.6
CALIBRATION_CONNECTIONS: Final = 4
SATURATION_SECONDS: Final = 2.0
SATURATION_CONNECTIONS: Final = 16
OPEN_SECONDS: Final = 5.0
OPEN_CONNECTIONS: Final = 32
MOST_OF_CAPACITY: Final = 0.8
"""Share of the measured capacity above which an open loop would measure its own queue."""
BODIES_A_SECOND: Final = 1500
"""More creations than one process answers in a second."""


def mix(subject: Subject) -> Mix:
    """Return the share of each operation under load."""
    reads = subject.brief.number("load.read_share")
    reads = DEFAULT_READ_SHARE if reads is None else reads
    by_grpc = GRPC_OF_GETS if subject.speaks("grpc") else 0.0
    gets = reads * GET_OF_READS
    shares: Mix = {
        "get": gets * (1 - by_grpc),
        "grpc_get": gets * by_grpc,
        "list": reads * (1 - GET_OF_READS),
        "create": (1 - reads) * CREATE_OF_WRITES,
        "update": (1 - reads) * (1 - CREATE_OF_WRITES),
    }
    return {name: share for name, share in shares.items() if share > 0}


def calibrated(subject: Subject) -> tuple[Operation, ...]:
    """Return the operations that are measured alone, creation first because the others need rows."""
    own: tuple[Operation, ...] = ("create", "get", "list", "update")
    return (*own, "grpc_get") if subject.speaks("grpc") else own


def measuring_phases(subject: Subject) -> list[Phase]:
    """Return the closed loops: warm-up, each operation alone, then the mix to saturation."""
    alone = [
        Phase(f"calibrate {name}", {name: 1.0}, CALIBRATION_SECONDS, CALIBRATION_CONNECTIONS)
        for name in calibrated(subject)
    ]
    return [
        Phase("create rows", {"create": 1.0}, WARM_UP_SECONDS, CALIBRATION_CONNECTIONS),
        Phase("warm up", mix(subject), WARM_UP_SECONDS, SATURATION_CONNECTIONS),
        *alone,
        Phase("closed loop", mix(subject), SATURATION_SECONDS, SATURATION_CONNECTIONS),
    ]


def paced_phases(subject: Subject, rate: float) -> list[Phase]:
    """Return a short warm-up and the open loop at a rate a second."""
    return [
        Phase("create rows", {"create": 1.0}, WARM_UP_SECONDS / 2, CALIBRATION_CONNECTIONS),
        Phase("open loop", mix(subject), OPEN_SECONDS, OPEN_CONNECTIONS, rate),
    ]


def wanted_rate(subject: Subject) -> float:
    """Return the brief's rate in requests a second."""
    return subject.brief.number("load.requests_per_second") or DEFAULT_RATE


def rate_for_one(subject: Subject, capacity: float) -> float:
    """Return the rate that one process is asked: the brief's, or its share when that is beyond its capacity.

    Args:
        subject: the project; its sizing says how many processes share the rate.
        capacity: requests a second that one process answered when saturated.
    """
    wanted = wanted_rate(subject)
    if wanted <= MOST_OF_CAPACITY * capacity:
        return wanted
    sizing = subject.design.sizing if subject.design else None
    processes = sizing.replicas * sizing.workers_per_replica if sizing else 1
    return min(wanted / processes, MOST_OF_CAPACITY * capacity)


def targets(
    subject: Subject, payloads: Payloads, references: dict[str, str], phases: list[Phase]
) -> list[Target]:
    """Return the entities under load with enough prepared bodies for the phases."""
    creating = sum(
        phase.seconds * (phase.rate or BODIES_A_SECOND) * phase.mix.get("create", 0.0) for phase in phases
    )
    each = ceil(1.2 * creating / len(subject.entities)) + 50
    return [_target(subject, payloads, entity, references, each) for entity in subject.entities]


def _target(
    subject: Subject, payloads: Payloads, entity: Entity, references: dict[str, str], bodies: int
) -> Target:
    name = pascal_case(entity.name)
    return Target(
        path=path(entity),
        grpc_method=f"/{subject.package}.v1.{name}Service/Get{name}" if subject.speaks("grpc") else "",
        bodies=[json.dumps(payloads.body(entity, references)) for _ in range(bodies)],
        change=json.dumps(payloads.change(entity)),
    )
