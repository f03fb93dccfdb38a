"""reference: the id of another entity's row, kept true by a foreign key."""

from architect.build.entity.identifiers import IdentifierKind
from architect.build.entity.kind import KINDS, Column
from architect.build.entity.words import article


class Reference(IdentifierKind):
    """The id of what is referred to."""

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        target = column.target
        if target is None:
            message = f"{column.entity}.{column.name} refers to nothing"
            raise ValueError(message)
        whose = " of the same owner" if target.owned else ""
        return f"The id of {article(target.prose)} {target.prose}{whose}."


KINDS.add("reference", Reference())
