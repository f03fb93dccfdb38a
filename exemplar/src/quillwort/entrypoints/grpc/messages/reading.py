"""Reads messages into the inputs of the domain; what is wrong is collected and raised at once."""

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Literal, Protocol, Self, TypeVar, cast
from uuid import UUID

from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message

from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.paging import MAX_CURSOR_LENGTH, MAX_LIMIT
from quillwort.domain.values import UNSET, Unset
from quillwort.entrypoints.grpc.messages.conversion import read_uuid

R = TypeVar("R")
T = TypeVar("T")
S = TypeVar("S", bound=str)

# What the domain says of a query, in the words of a list request.
_LIST_WORDS: Final[Mapping[str, str]] = {
    "limit": "page_size",
    "sort": "order_by",
    "cursor": "page_token",
}


class Versioned(Protocol):
    """A request that may name the version it expects."""

    expected_version: int

    def HasField(self, field_name: Literal["expected_version"]) -> bool:
        """Say whether the request names one."""


def expected_version(request: Versioned) -> int | None:
    """Return the version that the request expects, or None."""
    return request.expected_version if request.HasField("expected_version") else None


def read_id(text: str) -> UUID:
    """Return the id in the request's field `id`.

    Raises:
        InvalidInput: when it is no UUID.
    """
    try:
        return read_uuid(text)
    except ValueError as error:
        raise InvalidInput([FieldError("id", str(error))]) from error


class MessageReader:
    """Reads fields of `message` to make a value of the dataclass `into`, inside a `with` block.

    A field that cannot be read is noted and stands as None until the block ends; then all that was
    noted and all that the value itself found wrong is raised as one `InvalidInput`. Fields are
    named as the caller knows them, below `path` when one is given, and have to track presence.
    """

    def __init__(self, message: Message, into: type[Any], path: str = "") -> None:
        self._message = message
        self._into = into
        self._path = path
        self._noted: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Begin to collect."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise what was collected.

        Raises:
            InvalidInput: naming every field that could not be read or breaks a rule.
        """
        if isinstance(error, InvalidInput):
            # None in place of an unreadable field breaks rules of its own: what was noted holds.
            for one in error.errors:
                self._noted.setdefault(one.field, one.message)
        if self._noted and (error is None or isinstance(error, Exception)):
            errors = [FieldError(self._named(field), wrong) for field, wrong in self._noted.items()]
            raise InvalidInput(errors) from error

    def required(self, name: str, raw: R, read: Callable[[R], T]) -> T:
        """Return the field, which has to be there."""
        if not self._has(name):
            self._noted[name] = "is required"
        return cast("T", self._read(name, raw, read))

    def optional(self, name: str, raw: R, read: Callable[[R], T | None]) -> T | None:
        """Return the field, or what `into` takes when it is left out."""
        return self.defaulted(name, raw, read)

    def defaulted(self, name: str, raw: R, read: Callable[[R], T]) -> T:
        """Return the field, or what `into` takes when it is left out."""
        if not self._has(name):
            return cast("T", self._default(name))
        return cast("T", self._read(name, raw, read))

    def _default(self, field: str) -> object:
        default: object = self._into.__dataclass_fields__[field].default
        return default

    def _has(self, name: str) -> bool:
        return self._message.HasField(name)

    def _named(self, field: str) -> str:
        return f"{self._path}.{field}" if self._path else field

    def _read(self, name: str, raw: R, read: Callable[[R], T]) -> T | None:
        try:
            return read(raw)
        except ValueError as error:
            self._noted.setdefault(name, str(error))
            return None


class ChangeReader(MessageReader):
    """Reads a message and a mask of its fields into a change: what the mask leaves out stays unset.

    A mask without paths names the fields that have a value, `*` names all. A path that is not read
    here does not exist or belongs to the service alone, and is refused.
    """

    def __init__(self, message: Message, into: type[Any], path: str, mask: FieldMask) -> None:
        super().__init__(message, into, path)
        self._paths = frozenset(mask.paths)
        self._offered: set[str] = set()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise what was collected, with the paths that name nothing to change.

        Raises:
            InvalidInput: naming every field that could not be read or breaks a rule.
        """
        unknown = sorted(self._paths - self._offered - {"*"})
        if unknown and (error is None or isinstance(error, InvalidInput)):
            self._noted["update_mask"] = f"names what cannot be changed: {', '.join(unknown)}"
        super().__exit__(kind, error, trace)

    def changed(self, name: str, raw: R, read: Callable[[R], T]) -> T | Unset:
        """Return the new value of a field that always has one."""
        return self.required(name, raw, read) if self._masked(name) else UNSET

    def clearable(self, name: str, raw: R, read: Callable[[R], T | None]) -> T | Unset | None:
        """Return the new value of a field; None clears it."""
        if not self._masked(name):
            return UNSET
        return self._read(name, raw, read) if self._has(name) else None

    def _masked(self, name: str) -> bool:
        self._offered.add(name)
        return not self._paths.isdisjoint((name, "*")) if self._paths else self._has(name)

    def _named(self, field: str) -> str:
        return field if field == "update_mask" else super()._named(field)


class ListReader(MessageReader):
    """Reads a list request into a query."""

    def optional(self, name: str, raw: R, read: Callable[[R], T | None]) -> T | None:
        """Return the filter, or None when it is left out."""
        if isinstance(raw, str) and "\0" in raw:
            self._noted[name] = "must not hold the character NUL"
        return super().optional(name, raw, read)

    def order(self, order_by: str, offered: Sequence[S]) -> S:
        """Return the order asked for, or the query's own for an empty text."""
        for one in offered:
            if one == order_by:
                return one
        if order_by:
            self._noted["order_by"] = f"must be one of {', '.join(offered)}"
        return cast("S", self._default("sort"))

    def page_size(self, size: int) -> int:
        """Return how many items to return: the query's own number for 0, and never too many."""
        if size < 0:
            self._noted["page_size"] = "must not be negative"
        return min(size, MAX_LIMIT) if size > 0 else cast("int", self._default("limit"))

    def page_token(self, token: str) -> str | None:
        """Return where the page begins; None, the beginning, for an empty token."""
        if len(token) > MAX_CURSOR_LENGTH:
            self._noted["page_token"] = f"must have at most {MAX_CURSOR_LENGTH} characters"
        return token or None

    def _named(self, field: str) -> str:
        return _LIST_WORDS.get(field, field)
