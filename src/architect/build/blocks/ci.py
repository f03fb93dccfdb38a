"""ci: lint, types and tests on every push."""

from architect.build.block import BLOCKS, Block, always

BLOCKS.add("ci", Block(title="Continuous integration", selected=always))
