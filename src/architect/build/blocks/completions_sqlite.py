"""completions_sqlite: answers that were paid for, kept in the SQLite file of the documents."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.adapters.ledger.sqlite import SqliteCompletions")
    yield Resource(
        # After what keeps the documents, whose changes take completions along.
        "completions",
        ("completions = SqliteCompletions(file, settings.model.kept)",),
        place=52,
    )


BLOCKS.add(
    "completions_sqlite",
    Block(
        title="Kept answers in the SQLite file",
        selected=lambda choices: choices.language_model and choices.vector_store == "sqlite",
        files=(
            "src/quillwort/adapters/ledger/sqlite.py",
            "tests/contract/test_sqlite_completions.py",
        ),
        contribute=_contribute,
    ),
)
