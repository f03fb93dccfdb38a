"""generation_rest: what language models took for a caller, by day, over REST."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.python import Import, Routes
from architect.build.scene import Scene
from architect.build.slots import Contribution

_USAGE = (
    "`GET /v1/usage` tells the tokens and the dollars that the caller's owner used, by day (scope"
    " `documents:read`)."
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Operation(91, "Usage", _USAGE)
    yield Import("from quillwort.entrypoints.rest.assistant.usage import UsageRoutes")
    yield Routes("http", "UsageRoutes(parts.usage)")


BLOCKS.add(
    "generation_rest",
    Block(
        title="Usage of language models over REST",
        selected=lambda choices: choices.language_model and choices.rest,
        files=(
            "src/quillwort/entrypoints/rest/assistant/usage.py",
            "tests/api/usage/*.py",
        ),
        contribute=_contribute,
    ),
)
