"""Files of a request with several: one after another, so that one alone is in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from quillwort.assistant.document_access import MAX_READERS
from quillwort.assistant.loading import LoadLimits
from quillwort.domain.errors import FieldError, InvalidInput

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MEDIA_TYPE: Final = "multipart/form-data"
MAX_FILES: Final = 100
MAX_BYTES: Final = LoadLimits().bytes
"""Of one file; what is beyond is read past, and the file refused."""

_READERS: Final = b"readers"
_MAX_READERS_BYTES: Final = 4 * MAX_READERS


@dataclass(slots=True)
class File:
    """A file of a request; `content` is None when it has more than `MAX_BYTES`.

    `readers` is what the request named last before it: for whom it is.
    """

    name: str
    content: bytes | None
    readers: str


async def files(request: Request, readers: str) -> AsyncIterator[File]:
    """Yield the files of a request in their order; `readers` are those of files before any field.

    Raises:
        InvalidInput: when the body is not what it says, or has no file or more than `MAX_FILES`.
            Files before that have been yielded.
    """
    _, options = parse_options_header(request.headers.get("content-type"))
    gathering = _Gathering(readers)
    count = 0
    try:
        parser = MultipartParser(options[b"boundary"], gathering.callbacks())
        async for piece in request.stream():
            parser.write(piece)
            for file in gathering.taken():
                count += 1
                if count > MAX_FILES:
                    raise _wrong(f"has more than {MAX_FILES} files")
                yield file
        parser.finalize()
        if not gathering.ended:
            raise _wrong("has no end: the last file is not whole")
    except (KeyError, ValueError, MultipartParseError) as error:
        raise _wrong("is not what its content type says") from error
    if not count:
        raise _wrong("has no file with a name")


def _wrong(message: str) -> InvalidInput:
    return InvalidInput([FieldError("body", message)])


@dataclass(slots=True)
class _Gathering:
    """What the parser has told since it was last asked."""

    readers: str
    done: list[File] = field(default_factory=list)
    name: str | None = None
    names_readers: bool = False
    content: bytearray = field(default_factory=bytearray)
    too_large: bool = False
    header: bytes = b""
    value: bytes = b""
    ended: bool = False

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._field,
            "on_header_value": self._value,
            "on_header_end": self._header,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._last,
        }

    def taken(self) -> list[File]:
        done, self.done = self.done, []
        return done

    def _last(self) -> None:
        self.ended = True

    def _begin(self) -> None:
        self.name, self.content, self.too_large = None, bytearray(), False
        self.names_readers = False

    def _field(self, data: bytes, start: int, end: int) -> None:
        self.header += data[start:end]

    def _value(self, data: bytes, start: int, end: int) -> None:
        self.value += data[start:end]

    def _header(self) -> None:
        if self.header.lower() == b"content-disposition":
            _, options = parse_options_header(self.value)
            if b"filename" in options:
                self.name = options[b"filename"].decode("utf-8", "replace")
            self.names_readers = self.name is None and options.get(b"name") == _READERS
        self.header = self.value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self.name is None and not self.names_readers:
            return
        most = _MAX_READERS_BYTES if self.names_readers else MAX_BYTES
        self.too_large |= len(self.content) + end - start > most
        if self.too_large:
            self.content = bytearray()
        else:
            self.content += data[start:end]

    def _end(self) -> None:
        if self.name is not None:
            content = None if self.too_large else bytes(self.content)
            self.done.append(File(self.name, content, self.readers))
        elif self.names_readers:
            if self.too_large:
                raise ValueError("readers")
            self.readers = self.content.decode()
