"""identity_none_rest: REST that asks nobody who they are."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "identity_none_rest",
    Block(
        title="REST without identity",
        selected=lambda choices: choices.rest and choices.identity == "none",
        files=("tests/api/test_anonymous.py",),
    ),
)
