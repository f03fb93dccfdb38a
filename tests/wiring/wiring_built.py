"""Projects that are built from a brief of their own, for features that the exemplar does not have."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from wiring_harness import Row, opened

from architect import app
from architect.model.design import Design
from architect.model.report import GateResult
from architect.verify.gate import Gate

WHOLE = ""
"""The key of what comes of the project as it is built."""


def built(brief: str, directory: Path) -> tuple[Design, Path]:
    """Return the design of a brief, and where the project of it was written."""
    (directory / "architect.yaml").write_text(brief, encoding="utf-8")
    design = app.design(app.complete(app.brief(str(directory / "architect.yaml"))))
    app.write(app.build(design), directory / "project", lambda _: None)
    return design, directory / "project"


async def outcomes(
    brief: str, directory: Path, rows: Sequence[Row], gate: Gate, checks: tuple[str, ...]
) -> dict[str, GateResult]:
    """Return what comes of the checks on the project, and of each row on it without a wiring, by its key."""
    design, project = built(brief, directory)
    async with opened(project, design.brief, design) as workshop:

        async def whole() -> GateResult:
            async with workshop.place(gate):
                return await workshop.run(workshop.subject(workshop.project), gate, checks)

        found = await asyncio.gather(whole(), *map(workshop.result, rows))
        return dict(zip([WHOLE, *(row.key for row in rows)], found, strict=True))
