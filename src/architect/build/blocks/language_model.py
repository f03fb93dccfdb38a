"""language_model: answers that a language model writes from the passages, and what holds when it fails."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.packaging import Dependency, ExtraUse
from architect.build.contributions.python import Import, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution

EXTRA = "models"


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield ExtraUse(EXTRA, "the clients of language models, without which answers quote")
    for requirement in ("anthropic>=2", "openai>=3", "pydantic-ai-slim>=2.60"):
        yield Dependency(requirement, EXTRA)
    yield Import("from quillwort.assistant.extractive import Extractive")
    yield Resource("answerer", ("answerer = Extractive()",))


BLOCKS.add(
    "language_model",
    Block(
        title="Answers by a language model",
        selected=lambda choices: choices.language_model,
        contribute=_contribute,
    ),
)
