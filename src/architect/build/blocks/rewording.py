"""rewording: kept answers serve the same question in other words, where no guard refuses."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.python import Import, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution

_OPERATION = (
    "A kept answer also serves the same question in other words. Both must rest on the same passages in the"
    " same order, with the same rights, prompt and models; be `MODEL_CACHE_LEAST_SIMILAR` alike; and agree on"
    " numbers, negations, names, on words that turn what is asked, and on the order of their common words."
    " The lists of words are English, and so is the model that embeds. The `usage` event of such an answer"
    " has the question that it was written for as `written_for`, and what guards refuse is in the log."
)

_IN_FILE = ("sqlite_wordings", "SqliteWordings", "file")
_IN_DATABASE = ("wordings", "PostgresqlWordings", "database")
"""What keeps questions: its module, its name, and what it works on."""


def _contribute(scene: Scene) -> Iterator[Contribution]:
    module, store, on = _IN_FILE if scene.choices.vector_store == "sqlite" else _IN_DATABASE
    yield Import(f"from quillwort.adapters.ledger.{module} import {store}")
    yield Import("from quillwort.assistant.rewording.rewordings import Rewordings")
    yield Section("rewording", "assistant.rewording.settings", "RewordingSettings")
    yield Operation(90, "Questions in other words", _OPERATION)
    yield Resource(
        # After the embedder and what keeps completions, before the gateway that is given it.
        "reuse",
        (f"reuse = Rewordings({store}({on}, settings.model.kept), embedder, settings.rewording)",),
        place=54,
    )
    yield VariableGroup(
        82,
        "Answers to the same question in other words, where `MODEL_CACHE` keeps answers",
        (
            Variable(
                "MODEL_CACHE_REWORDED",
                "true",
                "whether kept answers serve them",
                production="tuned",
                value="true",
            ),
            Variable(
                "MODEL_CACHE_LEAST_SIMILAR",
                "0.95",
                "how alike two questions must be; below .93 some pass that mean something else",
                production="tuned",
                value="0.95",
            ),
        ),
    )


BLOCKS.add(
    "rewording",
    Block(
        title="Kept answers for the same question in other words",
        selected=lambda choices: choices.rewording,
        files=(
            "src/quillwort/assistant/rewording/*.py",
            "tests/memory_wordings.py",
            "tests/rewording/*.py",
        ),
        contribute=_contribute,
    ),
)
