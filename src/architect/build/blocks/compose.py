"""compose: the image with what it needs, on one machine."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "compose",
    Block(title="Compose", selected=lambda choices: choices.deployment in {"kubernetes", "compose"}),
)
