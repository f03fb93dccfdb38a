"""Every entity, for the tests that ask something of each."""

from typing import Final

from examples import collector, specimen

EXAMPLES: Final = (collector.EXAMPLE, specimen.EXAMPLE)
