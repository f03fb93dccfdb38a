"""evaluation: retrieval and answers measured on judged questions."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.packaging import DevelopmentDependency
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield DevelopmentDependency("pydantic-evals")


BLOCKS.add(
    "evaluation",
    Block(
        title="Evaluation",
        selected=lambda choices: choices.assistant,
        files=(
            "evaluation/documents/*.md",
            "evaluation/questions.toml",
            "make/evaluate.mk",
            "src/quillwort/assistant/evaluation/*.py",
            "src/quillwort/entrypoints/cli/evaluation/*.py",
            "tests/evaluation/*.py",
        ),
        contribute=_contribute,
    ),
)
