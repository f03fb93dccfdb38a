"""Reading documents: the port of loaders, and what keeps a hostile file from doing harm."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, Literal, TypeAlias

from quillwort.assistant.passages import Block

Reason = Literal[
    "empty",
    "binary",
    "encoding",
    "encrypted",
    "malformed",
    "no_text",
    "too_large",
    "unsupported",
    "too_long",
]

MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"


class Unreadable(Exception):
    """A document cannot be read; `reason` is stable and for programs, `message` for people."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself, where its format has a place for it."""

    title: str = ""
    pages: int = 0


Loader: TypeAlias = Callable[[bytes], Iterable[Block | Properties]]
"""Makes blocks of a document, at best one after the other, so that the reader can stop it.

Properties come before the blocks. A block without text counts for nothing: a loader whose next
block may be long in coming gives one so that the reader can look at the time. Raises Unreadable.
"""


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """How much of a document is read before it is refused as a whole.

    `bytes` are those of the file, `characters` and `blocks` those that are read from it, `seconds`
    what reading may take, looked at between blocks.
    """

    bytes: int = 20 * 1024 * 1024
    pages: int = 2000
    characters: int = 5_000_000
    blocks: int = 200_000
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document as it is kept; no text in it is blank or holds characters nobody can see."""

    title: str
    media_type: str
    blocks: tuple[Block, ...]


def read(name: str, content: bytes, loaders: Mapping[str, Loader], limits: LoadLimits) -> Loaded:
    """Return the document in a file of that name, read by the loader for its media type.

    The title is the first heading, else the one the document gives itself, else the file's name
    without its extension. Where there are pages, headings are those of chapters and give none.

    Raises:
        Unreadable: when it cannot be read, or is beyond a limit.
    """
    if len(content) > limits.bytes:
        raise Unreadable("too_large", f"The file has more than {limits.bytes:,} bytes.")
    media_type = _media_type(name, content)
    if media_type not in loaders:
        raise Unreadable("unsupported", "Files of this kind cannot be read.")
    properties = Properties()
    blocks: list[Block] = []
    for item in _limited(loaders[media_type](content), limits):
        if isinstance(item, Properties):
            properties = item
        else:
            blocks.append(item)
    if not blocks:
        raise Unreadable("no_text", "The document has no text in it.")
    return Loaded(_title(name, properties, blocks), media_type, tuple(blocks))


_LONGEST_TITLE: Final = 300


def _title(name: str, properties: Properties, blocks: Iterable[Block]) -> str:
    headings = (block.text for block in blocks if block.kind == "heading")
    heading = "" if properties.pages else next(headings, "")
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return (heading or _line(properties.title) or _line(stem))[:_LONGEST_TITLE]


def _limited(
    items: Iterable[Block | Properties], limits: LoadLimits
) -> Iterator[Block | Properties]:
    """Yield the properties, and the blocks that have text, tidied, as far as limits go."""
    deadline = time.monotonic() + limits.seconds
    characters = blocks = 0
    for item in items:
        if time.monotonic() > deadline:
            raise Unreadable("too_long", f"Reading takes more than {limits.seconds:g} seconds.")
        if isinstance(item, Properties):
            if item.pages > limits.pages:
                raise Unreadable("too_large", f"The document has more than {limits.pages:,} pages.")
            yield item
            continue
        block = _tidied(item)
        if not block.text:
            continue
        characters += len(block.text)
        blocks += 1
        if characters > limits.characters:
            raise Unreadable(
                "too_large", f"The document has more than {limits.characters:,} characters of text."
            )
        if blocks > limits.blocks:
            raise Unreadable("too_large", f"The document has more than {limits.blocks:,} parts.")
        yield block


_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters; PostgreSQL refuses NUL
    "\ud800-\udfff"  # halves of surrogate pairs, which UTF-8 has no bytes for
    "\u00ad\u200b\u2060\ufeff"  # soft hyphens, spaces of no width
    "\u202a-\u202e\u2066-\u2069"  # what makes text look otherwise than it reads
    "\U000e0000-\U000e007f]"  # tags, in which orders to a model can hide from people
)


def _tidied(block: Block) -> Block:
    if block.kind in {"heading", "paragraph"}:
        return replace(block, text=_line(block.text))
    clean = _UNSEEN.sub("", block.text.replace("\r\n", "\n").replace("\r", "\n"))
    if block.kind == "code":
        lines = [line.rstrip() for line in clean.split("\n")]
    else:
        lines = [_indented(line) for line in clean.split("\n") if line.strip()]
    text = "\n".join(lines).strip("\n")
    return replace(block, text=text if text.strip() else "")


def _line(text: str) -> str:
    # Split once more: some control characters are white space to Python, and lines end in some.
    return " ".join(_UNSEEN.sub("", " ".join(text.split())).split())


def _indented(line: str) -> str:
    words = line.split()
    return " " * (len(line) - len(line.lstrip())) + " ".join(words)


_BY_EXTENSION: Final[Mapping[str, str]] = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".txt": TEXT,
    ".text": TEXT,
    "": TEXT,
}

# Archives and old office files; a .docx, .epub or .odt is a zip archive as well.
_NEVER_OPENED: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
)

_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Byte order marks of UTF-16 and UTF-32, in which ordinary text has zero bytes."""

_HTML_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE
)
_PDF_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-\d")


def _media_type(name: str, content: bytes) -> str:
    """Return what a file is, by its content where that tells, else by its extension."""
    if not content.strip(b" \t\r\n"):
        raise Unreadable("empty", "The file is empty.")
    if content.startswith(_NEVER_OPENED):
        raise Unreadable("unsupported", "Archives and office files cannot be read.")
    named = _BY_EXTENSION.get(PurePosixPath(name.replace("\\", "/")).suffix.lower())
    if _PDF_START.match(content):
        return PDF
    if named is None:
        raise Unreadable("unsupported", "Files with this extension cannot be read.")
    if named == PDF:
        # Readers of PDF look for its beginning in the first 1,024 bytes, and files need that.
        if b"%PDF-" not in content[:1024]:
            raise Unreadable("malformed", "The file is no PDF, whatever its name says.")
        return PDF
    if b"\x00" in content and not content.startswith(_WIDE_MARKS):
        raise Unreadable("binary", "The file holds something else than text.")
    return HTML if _HTML_START.match(content) else named
