"""identity_none: everybody is the same caller."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Verifier
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Verifier("AnonymousVerifier()")
    yield Import("from quillwort.adapters.identity.anonymous import AnonymousVerifier")


BLOCKS.add(
    "identity_none",
    Block(
        title="No identity",
        selected=lambda choices: choices.identity == "none",
        files=(
            "src/quillwort/adapters/identity/__init__.py",
            "src/quillwort/adapters/identity/anonymous.py",
            "tests/unit/test_anonymous.py",
        ),
        contribute=_contribute,
    ),
)
