"""Markdown's small change: tables, lists, numbers."""

from collections.abc import Iterable, Iterator, Sequence

from architect.model.fact import Figure


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join(' --- ' for _ in head)}|"
    for row in rows:
        yield f"| {' | '.join(cell(each) for each in row)} |"


def cell(text: str) -> str:
    """Return text that stays within one cell."""
    return " ".join(text.split()).replace("|", "\\|")


def bullets(lines: Iterable[str]) -> Iterator[str]:
    """Yield a list item for each line, or that there is none."""
    found = False
    for line in lines:
        found = True
        yield f"- {line}"
    if not found:
        yield "- None."


def number(value: float) -> str:
    """Return a number as people read it: thousands apart, no needless zeros."""
    return f"{value:,.10g}" if abs(value) >= 1 or value == 0 else f"{value:.4g}"


def figures(listed: Iterable[Figure]) -> Iterator[str]:
    """Yield a table of figures, each with its source."""
    yield from table(
        ("figure", "value", "source", "from"),
        (
            (each.name, f"{number(each.value)} {each.unit}".strip(), each.source, each.because)
            for each in listed
        ),
    )
