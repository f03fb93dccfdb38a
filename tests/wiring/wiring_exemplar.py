"""The exemplar as a subject of verification."""

from pathlib import Path

from architect import app
from architect.model.brief import Brief
from architect.model.design import Design

EXEMPLAR = Path(__file__).parents[2] / "exemplar"


def wanted() -> tuple[Brief, Design]:
    """Return the exemplar's own brief, and the design that follows from it."""
    brief = app.brief(str(EXEMPLAR / "architect.yaml"))
    return brief, app.design(brief)
