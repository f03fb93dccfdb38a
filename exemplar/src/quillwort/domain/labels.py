"""Labels that say whose something is, beside the ids of owners: a group's, and everybody's."""

from typing import Final

EVERYONE: Final = "everyone"

_GROUP: Final = "group:"


def of_group(group: str) -> str:
    """Return the label of what is a group's, such as `group:legal`."""
    return f"{_GROUP}{group}"


def group_of(label: str) -> str | None:
    """Return the group whose label this is, or None when it is no group's."""
    return label.removeprefix(_GROUP) if label.startswith(_GROUP) else None


def is_shared(label: str) -> bool:
    """Return whether a label is a group's or everybody's, which no owner's id may be."""
    return label == EVERYONE or label.startswith(_GROUP)
