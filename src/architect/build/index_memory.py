"""The memory that a database's container is given: what the design computed for its index, and room."""

from math import ceil
from typing import Final

from architect.model.design import Design

BESIDE_GIB: Final = 0.75
"""For connections, sorting and what the operating system keeps of files."""
LEAST_GIB: Final = 1
FIGURE: Final = "index in memory"
"""The vector store's figure that says what is searched in memory."""
BUFFERS_SHARE: Final = 0.25
"""Of a server's memory for `shared_buffers`: PostgreSQL's manual, 19.4.1, which leaves files to the rest."""


def database_gibibytes(design: Design, store: str) -> int:
    """Return the GiB that the container of the database may take which keeps the vectors of ``store``.

    Without such vectors, or where nothing is computed of them, it is the least.
    """
    made = [decision for decision in design.decisions if decision.name == "vector_store"]
    index = sum(
        figure.value
        for decision in made
        if decision.choice == store
        for figure in decision.chosen.figures
        if figure.name == FIGURE
    )
    return max(LEAST_GIB, ceil(index + BESIDE_GIB))


def postgresql_command(gibibytes: int) -> str:
    """Return the line of Compose that has PostgreSQL use so much memory; "" where its defaults will do."""
    if gibibytes <= LEAST_GIB:
        return ""
    buffers = int(gibibytes * BUFFERS_SHARE * 1024)
    cached = gibibytes * 1024 - buffers
    return f"command: [postgres, -c, shared_buffers={buffers}MB, -c, effective_cache_size={cached}MB]\n"


def limits(gibibytes: int) -> str:
    """Return the last lines in Compose of a database's container, which bound it."""
    bounds = f"{{cpus: '2', memory: {gibibytes}G, pids: 256}}"
    return f"deploy: {{resources: {{limits: {bounds}}}}}\nlogging: {{driver: local}}\n"
