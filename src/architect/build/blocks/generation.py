"""generation: prompts, passages packed to a budget, citations that are checked, redaction."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "generation",
    Block(
        title="Answers written from passages",
        selected=lambda choices: choices.language_model,
        files=(
            "src/quillwort/assistant/generation/*.py",
            "src/quillwort/assistant/prompts/*.py",
            "tests/generation/*.py",
        ),
    ),
)
