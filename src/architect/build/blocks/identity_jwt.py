"""identity_jwt: tokens signed with asymmetric keys; a development issuer that production refuses."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Egress
from architect.build.contributions.documents import Neighbour, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import Command, Import, Section, Verifier
from architect.build.scene import Scene
from architect.build.slots import Contribution

_TOKENS = (
    "Callers present a JWT of `AUTH_ISSUER`, signed with RS256, ES256 or EdDSA. Its scopes say what they may"
    " do: `<plural>:read`, `<plural>:write` for their own rows, `<plural>:admin` for everybody's. Another"
    " owner's row is answered as not found. In development `make token` prints one for an hour;"
    " `make token ARGS=--help` shows how to choose the subject, the owner, the scopes and the groups. An"
    " owner called `everyone` or `group:...` is refused."
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield Dependency("pyjwt[crypto]>=2.10")
    yield _variables("tenant_id" if scene.choices.multi_tenant else "sub")
    yield Egress(90, 443, "HTTPS (the token issuer's keys)")
    yield Neighbour(30, "issuer", '["Token issuer"]', "public keys, HTTPS")
    yield Operation(30, "Tokens", _TOKENS)
    yield Section("auth", "adapters.identity.settings", "AuthSettings")
    yield Command("token", "Token()")
    yield Verifier("open_verifier(settings.auth)")
    yield Import("from quillwort.adapters.identity.factory import open_verifier")
    yield Import("from quillwort.entrypoints.cli.token import Token")


def _variables(owner_claim: str) -> VariableGroup:
    return VariableGroup(
        50,
        "Identity: whose tokens are believed; without a URL of keys, the development issuer's",
        (
            Variable(
                "AUTH_ISSUER",
                "quillwort-development",
                "the `iss` that tokens must have",
                production="chosen",
                value="https://issuer.example.com/",
                refused=True,
            ),
            Variable(
                "AUTH_AUDIENCE",
                "quillwort",
                "the `aud` that they must have",
                production="chosen",
                value="quillwort",
            ),
            Variable(
                "AUTH_JWKS_URL",
                "",
                "where the issuer's public keys are: https://, http:// or file://;"
                " empty: the development issuer",
                production="chosen",
                value="https://issuer.example.com/.well-known/jwks.json",
                refused=True,
            ),
            Variable("AUTH_JWKS_TIMEOUT_SECONDS", "3", "how long fetching them may take"),
            Variable(
                "AUTH_OWNER_CLAIM",
                "sub",
                "the claim that rows are owned by: `sub`, or a tenant's claim",
                production="tuned",
                value=owner_claim,
            ),
            Variable(
                "AUTH_GROUPS_CLAIM",
                "groups",
                "the claim with the caller's groups: a list, or one string with spaces",
                production="tuned",
                value="groups",
            ),
        ),
    )


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
            "tests/tokens.py",
            "tests/unit/test_auth_settings.py",
            "tests/unit/test_development_issuer.py",
            "tests/unit/test_tokens.py",
        ),
        contribute=_contribute,
    ),
)
