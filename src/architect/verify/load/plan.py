"""What the load consists of: the brief's mix, split as the sizing splits it."""

from typing import Final

from architect.verify.load.job import Mix, Operation, Phase
from architect.verify.subject import Subject

GET_OF_READS: Final = 0.7
"""Share of reads by id, the rest are lists: as the sizing assumes it."""
CREATE_OF_WRITES: Final = 0.6
"""Share of creations among writes, the rest are updates: likewise."""
GRPC_OF_GETS: Final = 0.5
"""Share of reads by id that come by gRPC where both are offered."""
DEFAULT_READ_SHARE: Final = 0.9
DEFAULT_RATE: Final = 50.0
LEAST_RATE: Final = 1.0
"""Requests a second below which the time there is shows none, or a few."""

SATURATION: Final = "closed loop"
PACED: Final = "open loop"
SPOKEN: Final[dict[Operation, str]] = {"get": "rest", "grpc_get": "grpc"}
"""Operations that come one way; the others come by REST, and by gRPC where there is no REST."""
WARM_UP_SECONDS: Final = 0.5
CALIBRATION_SECONDS: Final = 0.6
CALIBRATION_CONNECTIONS: Final = 4
SATURATION_SECONDS: Final = 2.0
SATURATION_CONNECTIONS: Final = 16
OPEN_SECONDS: Final = 5.0
OPEN_CONNECTIONS: Final = 32


def mix(subject: Subject) -> Mix:
    """Return the share of each operation under load."""
    reads = subject.brief.number("load.read_share")
    reads = DEFAULT_READ_SHARE if reads is None else reads
    by_grpc = 0.0
    if subject.speaks("grpc"):
        by_grpc = GRPC_OF_GETS if subject.speaks("rest") else 1.0
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
    alone: tuple[Operation, ...] = ("create", "get", "list", "update", "grpc_get")
    return tuple(name for name in alone if name not in SPOKEN or subject.speaks(SPOKEN[name]))


def phases(subject: Subject) -> list[Phase]:
    """Return the closed loops (rows to read, a warm-up, each operation alone, the mix) and the open loop."""
    alone = [
        Phase(f"calibrate {name}", {name: 1.0}, CALIBRATION_SECONDS, CALIBRATION_CONNECTIONS)
        for name in calibrated(subject)
    ]
    sizing = subject.design.sizing if subject.design else None
    processes = sizing.replicas * sizing.workers_per_replica if sizing else 1
    rate = wanted_rate(subject)
    return [
        Phase("create rows", {"create": 1.0}, WARM_UP_SECONDS, CALIBRATION_CONNECTIONS),
        Phase("warm up", mix(subject), WARM_UP_SECONDS, SATURATION_CONNECTIONS),
        *alone,
        Phase(SATURATION, mix(subject), SATURATION_SECONDS, SATURATION_CONNECTIONS),
        Phase(PACED, mix(subject), OPEN_SECONDS, OPEN_CONNECTIONS, rate, SATURATION, processes),
    ]


def wanted_rate(subject: Subject) -> float:
    """Return the brief's rate in requests a second, or one that can be measured in the time there is."""
    return max(LEAST_RATE, subject.brief.number("load.requests_per_second") or DEFAULT_RATE)
