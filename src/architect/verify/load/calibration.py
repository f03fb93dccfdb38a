"""What requests cost on this machine, kept for the sizing of later designs."""

import json
import os
import platform
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from architect.verify.load.job import Operation, Sample

CONNECTION_MEBIBYTES = 0.02
"""Memory of an idle pooled connection: a service of 96.1 MiB with one had 96.9 MiB with fifty."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory in MiB of an idle process: without connections, and for each connection."""

    base: float
    per_connection: float


def calibration_file() -> Path:
    """Return where a person's calibration is kept: ``$XDG_DATA_HOME/backend-architect/calibration.json``."""
    root = os.environ.get("XDG_DATA_HOME", "")
    base = Path(root) if Path(root).is_absolute() else Path.home() / ".local" / "share"
    return base / "backend-architect" / "calibration.json"


def calibration(
    costs: dict[Operation, Sample], memory: Memory, machine: str, service: str
) -> dict[str, object]:
    """Return the contents of a calibration file, in the shape of the one that comes with the design.

    Args:
        costs: the sample of each operation that was measured alone.
        memory: the service's memory.
        machine: what it was measured on.
        service: the name of the service that was measured.
    """
    operations = {
        name: {"cpu_ms": round(sample.cpu_ms, 3), "db_ms": round(sample.database_ms, 3)}
        for name, sample in costs.items()
    }
    operations.setdefault("grpc_get", operations["get"])
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine,
        "python": platform.python_version(),
        "source": "measured",
        "because": f"load gate on {service}: closed loop of each operation alone, CPU from /proc",
        "operations": operations,
        "rss_mib": {"base": round(memory.base, 1), "per_connection": round(memory.per_connection, 2)},
    }


def keep(contents: dict[str, object], file: Path) -> None:
    """Write a calibration file, aside first and then moved.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as aside:
        aside.write(json.dumps(contents, indent=2) + "\n")
    Path(aside.name).replace(file)
