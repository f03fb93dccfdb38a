"""What processes are and use, read from /proc (proc(5)); a process that is gone uses nothing."""

import contextlib
import os
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def session(leader: int) -> list[int]:
    """Return the ids of the processes whose session is led by ``leader``."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ProcessLookupError):
                if os.getsid(int(entry.name)) == leader:
                    found.append(int(entry.name))
    return found


def children(parent: int) -> list[int]:
    """Return the ids of a process's children."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields and int(fields[1]) == parent:
                found.append(int(entry.name))
    return found


def cpu_seconds(pid: int) -> float:
    """Return a process's user plus system CPU seconds, its ended children's too; 0 when it is gone."""
    return sum(map(int, _stat(pid)[11:15])) / _TICKS_PER_SECOND


def machine_cpu_seconds() -> float:
    """Return the CPU seconds that all programs of the machine have used since it was started."""
    busy = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:]
    user, nice, system, _idle, _waiting, *interrupts = map(int, busy[:7])
    return (user + nice + system + sum(interrupts)) / _TICKS_PER_SECOND


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name: state, parent, group, session, ..."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def command_line(pid: int) -> str:
    """Return a process's command line; empty when it is gone."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return b" ".join(words).decode("utf-8", "replace").strip()


def resident_mebibytes(pid: int) -> float:
    """Return a process's resident memory in MiB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
