"""compose: the image with what it needs, on one machine."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Way
from architect.build.entity.words import joined
from architect.build.scene import Scene
from architect.build.slots import Contribution

_ISSUER = ("AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL")


def _contribute(scene: Scene) -> Iterator[Contribution]:
    names = ["POSTGRES_PASSWORD", *(_ISSUER if scene.choices.identity == "jwt" else ())]
    lack = "have no defaults; with them" if names[1:] else "has no default; with it"
    yield Way(
        20,
        "Compose",
        f"{joined([f'`{name}`' for name in names])} {lack} in the environment or in `.env`,"
        " `docker compose up --build --detach` builds, migrates and serves.",
    )


BLOCKS.add(
    "compose",
    Block(
        title="Compose",
        selected=lambda choices: choices.deployment in {"kubernetes", "compose"},
        contribute=_contribute,
    ),
)
