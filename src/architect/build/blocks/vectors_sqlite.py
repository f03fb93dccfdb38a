"""vectors_sqlite: documents, their words and their vectors in one SQLite file; vectors searched in memory."""

from collections.abc import Iterator
from typing import Final

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Directory
from architect.build.contributions.documents import Neighbour, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.python import Import, Ping, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution

_DIRECTORY: Final = "/var/lib/quillwort"
_FILE: Final = f"{_DIRECTORY}/corpus.sqlite3"

_OPERATION: Final = (
    "Documents, their words and their vectors are in the SQLite file at `CORPUS_PATH`, everything else in"
    " PostgreSQL. Several processes of one machine may share the file, one writes at a time, and no network"
    " file system will do. Vectors are held in memory too, 4 bytes a dimension each. `sqlite3 corpus.sqlite3"
    ' ".backup copy.sqlite3"` copies it while it is in use.'
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.adapters.corpus.sqlite import SqliteCorpus")
    yield Import("from quillwort.adapters.corpus.sqlite_moves import SqliteMoves")
    yield Import("from quillwort.entrypoints.cli.sqlite_moves import open_moves")
    yield Import("from quillwort.adapters.corpus.sqlite_schema import STEPS")
    yield Import("from quillwort.adapters.sqlite.file import SqliteFile")
    yield Section("corpus", "adapters.corpus.sqlite_settings", "CorpusSettings")
    yield Resource(
        "corpus",
        (
            "file = await stack.enter_async_context(SqliteFile(settings.corpus.path, STEPS))",
            "corpus, moves = SqliteCorpus(file), SqliteMoves(file)",
        ),
    )
    yield Ping("corpus", "file.ping")
    yield Directory("corpus", _DIRECTORY)
    yield Neighbour(15, "corpus", '[("SQLite file")]', "documents and their indexes")
    yield Operation(65, "Documents", _OPERATION)
    yield VariableGroup(
        45,
        "Documents: the file that they and their indexes are in",
        (
            Variable(
                "CORPUS_PATH",
                ".local/corpus.sqlite3",
                "the SQLite file of documents and their indexes",
                production="fixed",
                value=_FILE,
                refused=True,
            ),
        ),
    )


BLOCKS.add(
    "vectors_sqlite",
    Block(
        title="Documents in one SQLite file",
        selected=lambda choices: choices.assistant and choices.vector_store == "sqlite",
        files=(
            "src/quillwort/adapters/corpus/sqlite*.py",
            "src/quillwort/adapters/sqlite/*.py",
            "src/quillwort/entrypoints/cli/sqlite_moves.py",
            "tests/contract/test_sqlite_file.py",
            "tests/contract/test_sqlite_memory.py",
            "tests/contract/test_sqlite_postings.py",
            "tests/corpus_in_sqlite.py",
            "tests/own_corpus_file.py",
        ),
        contribute=_contribute,
    ),
)
