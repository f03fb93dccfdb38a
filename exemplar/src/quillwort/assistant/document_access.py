"""Whose documents a caller reaches, and for whom they may send one.

A document has one label, which says who its readers are: its sender, a group or everybody.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from quillwort.domain.access import Access
from quillwort.domain.errors import FieldError, InvalidInput, PermissionDenied
from quillwort.domain.labels import EVERYONE, group_of, is_shared, of_group
from quillwort.domain.values import Principal

Reach: TypeAlias = frozenset[str] | None
"""The labels of the documents that a call reaches; None is every label there is."""

DefaultReaders: TypeAlias = Literal["owner", "everyone"]
"""For whom a document may be that names no readers."""

OWNER: Final = "owner"
"""How a sender names themselves as the reader."""

READERS: Final = "^(owner|everyone|group:.+)$"
"""What names readers, so far as a pattern can say."""

MAX_READERS: Final = 200
"""Characters of what names readers: labels are part of keys, whose length databases limit."""


@dataclass(frozen=True, slots=True)
class DocumentAccess:
    """The rights to documents, whose scopes begin with `plural`.

    `<plural>:read` reaches what is the caller's own, their groups' and everybody's;
    `<plural>:write` the same but everybody's, which takes `<plural>:publish` too.
    `<plural>:admin` allows all of it and reaches every document.
    """

    plural: str

    @property
    def everyday(self) -> tuple[str, ...]:
        """The scopes that administer nothing."""
        return (*self._rows.everyday, self._publish)

    def read(self, principal: Principal) -> Reach:
        """Return the labels of documents that may be read.

        Raises:
            PermissionDenied: without the scope.
        """
        if self._rows.read(principal) is None:
            return None
        return _own(principal) | {EVERYONE}

    def write(self, principal: Principal) -> Reach:
        """Return the labels of documents that may be sent, replaced and removed.

        Raises:
            PermissionDenied: without the scope.
        """
        if self._rows.write(principal) is None:
            return None
        return _own(principal) | ({EVERYONE} if self._publish in principal.scopes else set())

    def label(self, principal: Principal, readers: str) -> str:
        """Return the label of a document that the caller sends for these readers.

        Args:
            principal: who sends it.
            readers: `owner` (the caller), `group:<name>` or `everyone`.

        Raises:
            InvalidInput: when it names no readers.
            PermissionDenied: without the scope, or outside of the group.
        """
        reach = self.write(principal)
        label = principal.owner if readers == OWNER else _checked(readers)
        if reach is None or label in reach:
            return label
        raise self.denied(label)

    def denied(self, label: str) -> PermissionDenied:
        """Return what tells somebody who may write documents that they may write none of these."""
        group = group_of(label)
        return (
            PermissionDenied(self._publish) if group is None else PermissionDenied(group, "group")
        )

    @property
    def _rows(self) -> Access:
        return Access(self.plural)

    @property
    def _publish(self) -> str:
        return f"{self.plural}:publish"


def readers_of(label: str) -> str:
    """Return who the readers are, as senders name them."""
    return label if is_shared(label) else OWNER


def _own(principal: Principal) -> frozenset[str]:
    return frozenset({principal.owner, *map(of_group, principal.groups)})


def _checked(readers: str) -> str:
    """Return the label of readers who are more than their sender.

    Raises:
        InvalidInput: when it is none.
    """
    known = is_shared(readers) and group_of(readers) != "" and readers.isprintable()
    if not known or len(readers) > MAX_READERS:
        message = "must be owner, everyone, or group: and a name, and have at most"
        raise InvalidInput([FieldError("readers", f"{message} {MAX_READERS} characters")])
    return readers
