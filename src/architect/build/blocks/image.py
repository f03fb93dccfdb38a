"""image: a container image, built in two stages, that runs as nobody."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import CiJob
from architect.build.scene import Scene
from architect.build.slots import Contribution

_JOB = """
name: image
runs-on: ubuntu-24.04
timeout-minutes: 15
steps:
- uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8
  with:
    persist-credentials: false
- run: docker build --build-arg REVISION="$GITHUB_SHA" --tag quillwort:"$GITHUB_SHA" .
"""


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield CiJob("image", _JOB)


BLOCKS.add(
    "image",
    Block(
        title="Container image",
        selected=lambda choices: choices.deployment in {"kubernetes", "compose"},
        files=(".dockerignore",),
        contribute=_contribute,
    ),
)
