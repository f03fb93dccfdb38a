"""vm: a unit of systemd on a machine of one's own."""

from architect.build.block import BLOCKS, Block

BLOCKS.add("vm", Block(title="systemd", selected=lambda choices: choices.deployment == "vm"))
