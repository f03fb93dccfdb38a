"""identity_jwt_rest: tokens, tried over REST."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "identity_jwt_rest",
    Block(
        title="Tokens over REST",
        selected=lambda choices: choices.rest and choices.identity == "jwt",
        files=("tests/api/test_token_use.py",),
    ),
)
