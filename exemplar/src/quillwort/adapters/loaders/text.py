"""Plain text, and the characters of every format that is text."""

import codecs
from collections.abc import Iterator, Mapping
from typing import Final

from quillwort.assistant.loading import Unreadable
from quillwort.assistant.passages import Block

# UTF-32's mark of little-endian begins with UTF-16's, so it is looked for first.
_MARKS: Final[Mapping[bytes, str]] = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_LEAST_PLAIN: Final = 0.6
"""The share of ASCII letters and spaces in cp1252 text: Western languages have more, text in
other encodings and what is no text have less."""


def load(content: bytes) -> Iterator[Block]:
    """Yield the paragraphs, which stand between blank lines.

    Raises:
        Unreadable: when nothing tells the encoding.
    """
    lines: list[str] = []
    for line in decoded(content).splitlines():
        if line.strip():
            lines.append(line)
        elif lines:
            yield Block("paragraph", "\n".join(lines))
            lines = []
    yield Block("paragraph", "\n".join(lines))


def decoded(content: bytes) -> str:
    """Return the text in these bytes: by its byte order mark, else UTF-8, else Windows' cp1252.

    Raises:
        Unreadable: when it is in none of these.
    """
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise Unreadable("encoding", "The text is not in the encoding it claims.") from None
    return _western(content)


def _western(content: bytes) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    plain = sum(map(text.count, _PLAIN))
    if plain < _LEAST_PLAIN * len(content) or _has_controls(text):
        raise Unreadable("encoding", "The encoding of the text is not known; save it as UTF-8.")
    return text


_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \t\r\n"


def _has_controls(text: str) -> bool:
    return any(character < " " and character not in "\t\r\n\f" for character in set(text))
