"""identity_jwt: tokens signed with asymmetric keys; a development issuer that production refuses."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import Command, Import, Section, Verifier
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Dependency("pyjwt[crypto]>=2.10")
    yield Section("auth", "adapters.identity.settings", "AuthSettings")
    yield Command("token", "Token()")
    yield Verifier("open_verifier(settings.auth)")
    yield Import("from quillwort.adapters.identity.factory import open_verifier")
    yield Import("from quillwort.entrypoints.cli.token import Token")


BLOCKS.add(
    "identity_jwt",
    Block(
        title="Identity by JWT",
        selected=lambda choices: choices.identity == "jwt",
        files=(
            "make/identity.mk",
            "src/quillwort/adapters/identity/__init__.py",
            "src/quillwort/adapters/identity/development.py",
            "src/quillwort/adapters/identity/factory.py",
            "src/quillwort/adapters/identity/jwks.py",
            "src/quillwort/adapters/identity/jwt.py",
            "src/quillwort/adapters/identity/settings.py",
            "src/quillwort/entrypoints/cli/token.py",
        ),
        contribute=_contribute,
    ),
)
