"""rewording_sqlite: questions in the SQLite file, beside the answers that were kept for them."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "rewording_sqlite",
    Block(
        title="Questions beside kept answers in the SQLite file",
        selected=lambda choices: choices.rewording and choices.vector_store == "sqlite",
        files=(
            "src/quillwort/adapters/ledger/sqlite_wordings.py",
            "tests/contract/test_sqlite_wordings.py",
        ),
    ),
)
