"""What a service wrote while a gate ran it."""

import json
from pathlib import Path

from architect.model.plain import Plain


class Log:
    """Standard output and error of a service, read while it is written.

    Args:
        path: the file both go to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def text(self) -> str:
        """Return everything written so far."""
        return self.path.read_text(encoding="utf-8", errors="replace") if self.path.exists() else ""

    def lines(self) -> list[str]:
        """Return the lines written so far."""
        return self.text().splitlines()

    def events(self) -> list[dict[str, Plain]]:
        """Return the lines that are JSON objects, parsed."""
        found: list[dict[str, Plain]] = []
        for line in self.lines():
            if line.startswith("{"):
                try:
                    value = json.loads(line)
                except ValueError:
                    continue
                if isinstance(value, dict):
                    found.append(value)
        return found

    def tail(self, lines: int = 20) -> str:
        """Return the last lines, for a message."""
        return "\n".join(self.lines()[-lines:])
