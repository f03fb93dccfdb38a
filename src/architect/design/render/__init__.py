"""A design as text: one Markdown document, decision records, Mermaid diagrams."""

from architect.design.render.diagrams import mermaid
from architect.design.render.document import markdown
from architect.design.render.records import adr

__all__ = ["adr", "markdown", "mermaid"]
