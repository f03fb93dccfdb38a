"""decimal: an exact number with a fixed number of digits."""

from architect.build.entity.decimals import DecimalKind
from architect.build.entity.kind import KINDS, Column
from architect.build.entity.phrases import bounds


class Decimal(DecimalKind):
    """An exact number."""

    def digits(self, column: Column) -> tuple[int, int]:
        """Return how many digits there are at most, and how many of them after the point."""
        places = column.field.decimal_places
        digits = column.field.max_digits or 18
        return digits, min(2, digits) if places is None else places

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        digits, places = self.digits(column)
        return (
            f"A decimal number written out, with at most {digits - places} digits before the point"
            f" and {places} after it{bounds(column)}."
        )


KINDS.add("decimal", Decimal())
