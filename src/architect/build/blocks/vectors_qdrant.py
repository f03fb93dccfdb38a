"""vectors_qdrant: vectors searched in Qdrant; documents, their words and their vectors kept in PostgreSQL."""

from collections.abc import Iterator
from typing import Final

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import ComposeService, Egress
from architect.build.contributions.documents import Neighbour, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import Import, Ping, Resource, Section
from architect.build.index_memory import database_gibibytes, limits
from architect.build.scene import Scene
from architect.build.slots import Contribution

_COMPOSE: Final = """
image: qdrant/qdrant:v1.16.3-unprivileged
environment:
  QDRANT__SERVICE__API_KEY: ${QDRANT_API_KEY:?set QDRANT_API_KEY}
  QDRANT__TELEMETRY_DISABLED: 'true'
volumes:
- qdrant:/qdrant/storage
networks: [backend]
healthcheck:
  test: [CMD, bash, -c, ': > /dev/tcp/127.0.0.1/6333']
  interval: 5s
  timeout: 3s
  start_period: 30s
  retries: 5
stop_grace_period: 60s
restart: unless-stopped
read_only: true
tmpfs: [/tmp, /qdrant/snapshots]
cap_drop: [ALL]
security_opt: ['no-new-privileges:true']
"""

_OPERATION: Final = (
    "PostgreSQL keeps documents, words and vectors, Qdrant what vectors are searched in: a copy that is"
    " brought to what PostgreSQL has, after a process that ended halfway and after its loss too. The tests"
    " run on the small store of Qdrant's own library; no server was tried before this was written. Qdrant"
    " gets the vectors of the model that a process is started for: run `reembed` with the settings of another"
    " model before any process is started with them."
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield Dependency("qdrant-client>=1.16")
    yield Import("from quillwort.adapters.corpus.moving import PostgresqlMoves")
    yield Import("from quillwort.entrypoints.cli.postgresql_moves import open_moves")
    yield Import("from quillwort.adapters.corpus.qdrant import QdrantCorpus")
    yield Import("from quillwort.adapters.corpus.qdrant_client import open_client")
    yield Section("qdrant", "adapters.corpus.qdrant_settings", "QdrantSettings")
    yield Resource(
        # After the database, which it works on.
        "database_corpus",
        (
            "qdrant = open_client(settings.qdrant)",
            "stack.push_async_callback(qdrant.close)",
            "corpus = QdrantCorpus(database, qdrant, embedders[0])",
            "moves = PostgresqlMoves(database)",
        ),
    )
    yield Ping("vectors", "corpus.ping")
    yield Neighbour(15, "vectors", '[("Qdrant")]', "vectors")
    yield Operation(65, "Documents", _OPERATION)
    yield Egress(15, 6333, "the store of vectors")
    memory = limits(database_gibibytes(scene.design, "qdrant"))
    yield ComposeService("qdrant", f"{_COMPOSE}{memory}", "its store of vectors", volume="qdrant")
    yield _variables()


def _variables() -> VariableGroup:
    return VariableGroup(
        45,
        "Qdrant: http://host:6333, or empty for a store of the library's own under .local/",
        (
            Variable(
                "QDRANT_URL",
                "",
                "`http://host:6333`; empty: a small store under `.local/`",
                production="fixed",
                value="http://qdrant:6333",
                machine="",
                refused=True,
            ),
            Variable(
                "QDRANT_API_KEY",
                "",
                "the server's key, if it asks for one",
                production="secret",
                compose="${QDRANT_API_KEY:?set QDRANT_API_KEY}",
            ),
            Variable("QDRANT_TIMEOUT_SECONDS", "5", "how long it may take to answer"),
        ),
    )


BLOCKS.add(
    "vectors_qdrant",
    Block(
        title="Vectors in Qdrant",
        selected=lambda choices: choices.assistant and choices.vector_store == "qdrant",
        files=(
            "src/quillwort/adapters/corpus/qdrant*.py",
            "tests/contract/test_qdrant_corpus.py",
            "tests/corpus_in_qdrant.py",
        ),
        contribute=_contribute,
    ),
)
