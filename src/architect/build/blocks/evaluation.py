"""evaluation: retrieval and answers measured on judged questions."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.packaging import DevelopmentDependency
from architect.build.scene import Scene
from architect.build.slots import Contribution

_EVALUATION = (
    "`make evaluate` measures searches and answers on the judged questions of `evaluation/questions.toml`;"
    ' `make evaluate ARGS="--documents DIR --questions FILE"` does so on your own. `ARGS=propose` proposes'
    " questions from documents, for people to judge, and `ARGS=tune` fits `RETRIEVAL_*` to 50 judged ones or"
    " more. `EVALUATION_JUDGE=openai:<model>` has a language model judge answers and word questions."
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Operation(85, "Evaluation", _EVALUATION)
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
            "src/quillwort/entrypoints/evaluation/*.py",
            "tests/evaluation/*.py",
        ),
        contribute=_contribute,
    ),
)
