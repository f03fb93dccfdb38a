"""evaluation: retrieval and answers measured on judged questions."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.packaging import DevelopmentDependency
from architect.build.contributions.python import Import, Part
from architect.build.scene import Scene
from architect.build.slots import Contribution

_EVALUATION = (
    "`make evaluate` measures searches and answers on the judged questions of `evaluation/questions.toml`;"
    ' `make evaluate ARGS="--documents DIR --questions FILE"` does so on your own. A judgement that no'
    " passage meets any more is told, and left out of every figure. With `--service` answers are made as the"
    ' service makes them, by its models and within its budgets. `ARGS="propose --documents DIR"` proposes'
    " questions from documents, for people to judge. `ARGS=tune` fits `RETRIEVAL_ALPHA` and"
    " `RETRIEVAL_PASSAGES` to 50 judged ones or more: it chooses on one half of them, and keeps what is set"
    " unless the other half shows a gain that chance does not explain (p < .05), or that fewer passages find"
    " as much."
    " `EVALUATION_JUDGE=openai:<model>` has a language model judge answers and word questions."
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Operation(85, "Evaluation", _EVALUATION)
    yield DevelopmentDependency("pydantic-evals")
    # So that an evaluation can have answers made as the service makes them.
    yield Import("from quillwort.assistant.answering import Answerer")
    yield Part("answerer", "Answerer", "answerer")


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
