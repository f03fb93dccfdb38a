"""generation: prompts, passages packed to a budget, citations that are checked, redaction."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.python import Import, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution

_VARIABLES = VariableGroup(
    86,
    "What a language model is shown",
    (
        Variable("ASSISTANT_CONTEXT_TOKENS", "3000", "tokens of passages in a prompt, at most"),
        Variable(
            "ASSISTANT_REDACT",
            "none",
            "what is taken out before: `none`, or `contacts`: e-mail addresses, telephone numbers, IBANs",
        ),
    ),
)
_CITATIONS = (
    "What others wrote, documents and questions, is data to the model: between tags that it cannot forge,"
    " with no tools to call. Citations are checked by words and figures against the passage that they name;"
    " those that it does not support are not told. When nothing of an answer is supported, or no model"
    " answers, the best passages are quoted (`quoted`, after an `error` event that says why)."
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield _VARIABLES
    yield Section("generation", "assistant.generation.settings", "GenerationSettings")
    yield Operation(82, "Citations", _CITATIONS)
    yield Import("from quillwort.assistant.generation.generated import Generated")
    yield Import("from quillwort.assistant.generation.redaction import REDACTORS")
    yield Resource(
        "answerer",
        (
            "answerer = Generated(",
            "    models,",
            "    settings.generation.context_tokens,",
            "    REDACTORS[settings.generation.redact],",
            ")",
        ),
        place=60,
    )


BLOCKS.add(
    "generation",
    Block(
        title="Answers written from passages",
        selected=lambda choices: choices.language_model,
        files=(
            "src/quillwort/assistant/generation/*.py",
            "src/quillwort/assistant/prompts/*.py",
            "tests/generation/*.py",
            "tests/writing_models.py",
        ),
        contribute=_contribute,
    ),
)
