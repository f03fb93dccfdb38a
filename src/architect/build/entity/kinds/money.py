"""money: an amount, numeric(19, 2), in the currency that stands beside it."""

from architect.build.entity.decimals import DecimalKind
from architect.build.entity.kind import KINDS, Column
from architect.build.entity.phrases import bounds


class Money(DecimalKind):
    """An amount of money in the entity's ``currency``."""

    def digits(self, column: Column) -> tuple[int, int]:
        """Return how many digits there are at most, and how many of them after the point."""
        del column
        return 19, 2

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        return (
            "An amount of money in `currency`, a decimal number written out with at most 2 digits"
            f" after the point{bounds(column)}."
        )


KINDS.add("money", Money())
