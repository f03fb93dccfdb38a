"""uuid: an identifier that others gave."""

from architect.build.entity.identifiers import IdentifierKind
from architect.build.entity.kind import KINDS, Column


class Uuid(IdentifierKind):
    """A UUID."""

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "A UUID."


KINDS.add("uuid", Uuid())
