"""generation_rest: what language models took, over REST."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "generation_rest",
    Block(
        title="Usage of language models over REST",
        selected=lambda choices: choices.language_model and choices.rest,
        files=(
            "src/quillwort/entrypoints/rest/assistant/usage.py",
            "tests/api/assistant/test_usage_api.py",
        ),
    ),
)
