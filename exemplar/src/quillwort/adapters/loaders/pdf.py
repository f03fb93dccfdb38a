"""PDF: the text of its pages. Nothing in it is run, and images are not looked at."""

import io
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError
from pypdf.generic import Destination

from quillwort.assistant.loading import Properties, Unreadable
from quillwort.assistant.passages import Block

T = TypeVar("T")

_INFLATED: Final = 16_000_000
"""Bytes that one stream may inflate to; the text of a page, with how it is drawn, takes thousands,
and a map's lines take millions."""

_LIMITS: Final = Configuration(
    array_based_stream_maximum_output_length=_INFLATED,
    lzw_maximum_output_length=_INFLATED,
    run_length_maximum_output_length=_INFLATED,
    zlib_maximum_output_length=_INFLATED,
    zlib_maximum_recovery_input_length=1_000_000,
    brotli_maximum_output_length=_INFLATED,
    stream_decoding_work_maximum_length=4 * _INFLATED,
    stream_parsing_work_maximum_count=1_000_000,
    xform_maximum_invocations_per_extraction=100,
    outline_maximum_entries=10_000,
    jbig2dec_binary=None,
)
_SECONDS_A_PAGE: Final = 10.0

# It says something about each oddity of each file, which are those of whoever sent it.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def load(content: bytes) -> Iterator[Block | Properties]:
    """Yield the title and the number of pages, then the headings and paragraphs of each page.

    A page without text gives a blank paragraph. Headings are the lines that the document's outline
    names: on the page they are but larger letters, which tells too little.

    Raises:
        Unreadable: when it is encrypted with a password, broken, or beyond what is safe to read.
    """
    reader = _guarded(partial(PdfReader, io.BytesIO(content)))
    properties = _guarded(partial(_properties, reader))
    yield properties
    headings = _headings(reader)
    for index in range(properties.pages):
        text = _guarded(partial(_text, reader, index))
        yield Block("paragraph", "", page=index + 1)
        yield from _blocks(text, headings.get(index, {}), index + 1)
        # Else everything that pages inflate to is kept; to read fonts again costs next to nothing.
        reader.resolved_objects.clear()


def _guarded(act: Callable[[], T]) -> T:
    """Return what `act` returns, within pypdf's limits; what it raises becomes Unreadable."""
    try:
        with apply_configuration(_LIMITS):
            return act()
    except Unreadable:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise Unreadable("encrypted", "The PDF is locked with a password.") from error
    except (LimitReachedError, MemoryError) as error:
        raise Unreadable("too_large", "Something in the PDF is far larger than usual.") from error
    except Exception as error:
        # pypdf raises whatever a broken file makes it stumble over: KeyError, RecursionError...
        raise Unreadable("malformed", "The PDF is broken.") from error


def _properties(reader: PdfReader) -> Properties:
    pages = len(reader.pages)
    title = reader.metadata.title if reader.metadata else None
    return Properties(title or "", pages)


def _headings(reader: PdfReader) -> Mapping[int, Mapping[str, int]]:
    """Return the levels of headings by page, from 0, and by what `_key` makes of them."""
    try:
        return _guarded(partial(_outlined, reader))
    except Unreadable:
        # A document whose outline is broken or endless reads well without.
        return {}


def _outlined(reader: PdfReader) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, dict[str, int]] = {}
    waiting: list[tuple[Sequence[object], int]] = [(reader.outline, 1)]
    while waiting:
        entries, level = waiting.pop()
        for entry in entries:
            if isinstance(entry, list):
                waiting.append((entry, level + 1))
            elif isinstance(entry, Destination):
                page = reader.get_destination_page_number(entry)
                if page is not None:
                    found.setdefault(page, {})[_key(entry.title or "")] = level
    return found


def _key(heading: str) -> str:
    """Return what is the same on the page and in the outline, where numbers may be missing."""
    return "".join(filter(str.isalnum, heading)).lstrip("0123456789").casefold()


def _blocks(text: str, headings: Mapping[str, int], page: int) -> Iterator[Block]:
    lines: list[str] = []
    missing = dict(headings)
    for line in text.split("\n"):
        key = _key(line)
        level = missing.pop(key, 0) if key else 0
        if not level:
            lines.append(line)
            continue
        for paragraph in paragraphs("\n".join(lines)):
            yield Block("paragraph", paragraph, page=page)
        yield Block("heading", line, level, page)
        lines = []
    for paragraph in paragraphs("\n".join(lines)):
        yield Block("paragraph", paragraph, page=page)


def _text(reader: PdfReader, index: int) -> str:
    deadline = time.monotonic() + _SECONDS_A_PAGE

    def look_at_the_time(*_: object) -> None:
        if time.monotonic() > deadline:
            raise Unreadable("too_long", f"A page takes more than {_SECONDS_A_PAGE:g} seconds.")

    text = reader.pages[index].extract_text(visitor_operand_before=look_at_the_time)
    # What is raised within a form on the page, pypdf takes for the form's own trouble.
    look_at_the_time()
    return text.translate(_LIGATURES)


_LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_BULLET: Final = re.compile(r"\s*[•▪◦‣●■–]\s")  # noqa: RUF001 - a dash that lists begin with
_SENTENCE_END: Final = re.compile(r"[.!?:][\"'”’)\]]*\s*$")  # noqa: RUF001 - quotation marks
_BROKEN_WORD: Final = re.compile(r"[^\W\d_]-$")
_SHORT: Final = 0.8


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a page, each in one line, with broken words put together.

    A paragraph ends at a blank line, before a bullet, and where a sentence ends in a line that is
    shorter than 0.8 of the page's longest. A page's number by itself at either end is dropped.
    """
    lines = [line.strip() for line in text.split("\n")]
    full = max(map(len, lines))
    gathered = ""
    for line in _without_number(lines):
        if gathered and (not line or _BULLET.match(line)):
            yield gathered
            gathered = ""
        gathered = _joined(gathered, line)
        if len(line) < _SHORT * full and _SENTENCE_END.search(line):
            yield gathered
            gathered = ""
    if gathered:
        yield gathered


def _without_number(lines: list[str]) -> list[str]:
    filled = [place for place, line in enumerate(lines) if line]
    numbers = {place for place in (filled[:1] + filled[-1:]) if lines[place].isdecimal()}
    return [line for place, line in enumerate(lines) if place not in numbers]


def _joined(before: str, line: str) -> str:
    if not before or not line:
        return before or line
    word = before.rsplit(maxsplit=1)[-1]
    if not _BROKEN_WORD.search(word) or not line[0].islower():
        return f"{before} {line}"
    # A word with a hyphen before this one has them of its own: "state-of-the-" and "art".
    return before + line if "-" in word[:-1] else before[:-1] + line
