"""identity_jwt_grpc: tokens, tried over gRPC."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "identity_jwt_grpc",
    Block(
        title="Tokens over gRPC",
        selected=lambda choices: choices.grpc and choices.identity == "jwt",
        files=("tests/grpc/test_identity.py",),
    ),
)
