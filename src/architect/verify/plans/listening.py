"""Statements out of PostgreSQL's own log, with the parameters they were sent with."""

import re
from dataclasses import dataclass
from typing import Final

_ENTRY: Final = re.compile(r"^\d{4}-\d\d-\d\d \S+ \S+ \[(\d+)\] (\S*) ([A-Z]+):  (.*)$", re.DOTALL)
_EXECUTED: Final = re.compile(r"^(?:execute [^:]*|statement): (.*)$", re.DOTALL)
_PARAMETER: Final = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was sent; parameters are SQL literals in the order of ``$1``, ``$2``, ..."""

    text: str
    parameters: tuple[str, ...] = ()

    @property
    def verb(self) -> str:
        """Its first word, in capitals."""
        return self.text.split(None, 1)[0].upper() if self.text.strip() else ""


def statements(log: str, database: str) -> dict[str, Statement]:
    """Return the statements that a database was sent, by their text, each as it was sent last.

    Args:
        log: the server's log, written with ``%m [%p] %d `` before each entry and ``log_statement=all``.
        database: name of the database.
    """
    found: dict[str, Statement] = {}
    pending: dict[str, str] = {}
    for process, named, level, message in _entries(log):
        if named != database:
            continue
        executed = _EXECUTED.match(message) if level == "LOG" else None
        if executed is not None:
            pending[process] = executed.group(1).strip()
            found[pending[process]] = Statement(pending[process])
        elif level == "DETAIL" and process in pending:
            text = pending.pop(process)
            values = {int(number): value for number, value in _PARAMETER.findall(message)}
            found[text] = Statement(text, tuple(values[number] for number in sorted(values)))
    return found


def _entries(log: str) -> list[tuple[str, str, str, str]]:
    """Return (process, database, level, message) of each entry; continued lines begin with a tab."""
    whole: list[str] = []
    for line in log.splitlines():
        if line.startswith("\t") and whole:
            whole[-1] += "\n" + line[1:]
        else:
            whole.append(line)
    matches = (_ENTRY.match(entry) for entry in whole)
    return [(m.group(1), m.group(2), m.group(3), m.group(4)) for m in matches if m]
