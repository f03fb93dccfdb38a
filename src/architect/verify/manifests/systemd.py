"""What a systemd unit must say so that the service restarts, drains and stays in its bounds."""

from collections.abc import Iterator
from typing import Final

from architect.model.report import Finding

CHECK: Final = "systemd"
SECTIONS: Final = frozenset({"Unit", "Service", "Install"})
WANTED: Final[dict[str, tuple[str, ...]]] = {
    "ExecStart": (),
    "Restart": ("on-failure", "always", "on-abnormal"),
    "MemoryMax": (),
    "NoNewPrivileges": ("yes", "true"),
    "ProtectSystem": ("strict", "full"),
    "PrivateTmp": ("yes", "true", "disconnected"),
    "TimeoutStopSec": (),
}
"""Directives of the service section, and the values that will do; none means any."""


def sections(source: str) -> dict[str, dict[str, list[str]]]:
    """Return the unit's directives by section; a directive given twice has two values."""
    found: dict[str, dict[str, list[str]]] = {}
    current: dict[str, list[str]] = {}
    for line in source.replace("\\\n", " ").splitlines():
        stripped = line.strip()
        if stripped.startswith("[") and stripped.endswith("]"):
            current = found.setdefault(stripped[1:-1], {})
        elif stripped and not stripped.startswith(("#", ";")):
            name, _, value = stripped.partition("=")
            current.setdefault(name.strip(), []).append(value.strip())
    return found


def examine(source: str, where: str) -> Iterator[Finding]:
    """Yield what a unit lacks."""
    found = sections(source)
    for unknown in sorted(set(found) - SECTIONS):
        yield Finding(CHECK, "error", f"has a section [{unknown}] that services do not have", where)
    service = found.get("Service", {})
    for name, fitting in WANTED.items():
        values = service.get(name, [])
        if not values:
            yield Finding(CHECK, "error", f"says nothing of {name}", where, f"add {name}= to [Service]")
        elif fitting and values[-1] not in fitting:
            mend = f"one of {', '.join(fitting)}"
            yield Finding(CHECK, "error", f"{name}={values[-1]} is too weak", where, mend)
    if service.get("User", ["root"])[-1] == "root" and service.get("DynamicUser", ["no"])[-1] != "yes":
        yield Finding(CHECK, "error", "runs as root", where, "add DynamicUser=yes or User=")
    if not found.get("Install", {}).get("WantedBy"):
        yield Finding(CHECK, "error", "cannot be enabled", where, "add WantedBy= to [Install]")
