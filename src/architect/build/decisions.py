"""docs/adr/: the records of the design's decisions, and a page that lists them."""

from collections.abc import Iterator, Sequence
from typing import Final

from architect.build.rendering import shared
from architect.build.writer import Text
from architect.model.design import Design

FOLDER: Final = "docs/adr"
BLOCK: Final = "decisions"


def decisions(design: Design, records: Sequence[tuple[str, str]]) -> Iterator[Text]:
    """Yield the records and their index.

    Args:
        design: what was decided.
        records: file name and Markdown of each decision's record, in the design's order; the stage that
            designs writes them.
    """
    for name, text in records:
        yield Text(f"{FOLDER}/{name}", text)
    names = [name for name, _ in records] or [""] * len(design.decisions)
    rows = [
        (number, name, decision.title, decision.chosen.title)
        for number, (decision, name) in enumerate(zip(design.decisions, names, strict=True), 1)
    ]
    index = f"{FOLDER}/README.md"
    yield Text(index, shared(index, rows=rows))
