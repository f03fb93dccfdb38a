"""What figures were measured on."""

import contextlib
import os
import platform
from pathlib import Path


def machine() -> str:
    """Return processor, cores, kernel and Python in one line."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return (
        f"{model}, {cores()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0))
