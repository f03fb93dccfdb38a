"""states: entities whose status only transitions change."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "states",
    Block(
        title="States and transitions",
        selected=lambda choices: choices.states,
        files=("src/quillwort/domain/transitions.py",),
    ),
)
