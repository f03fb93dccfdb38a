"""Cuts a document into chunks along its own structure.

A chunk stays under one heading. Whole blocks that follow each other share a chunk as long as there
is room; a block that is too long on its own is cut at its lines or sentences, and at words where
those are too long as well.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from quillwort.assistant.passages import Block, BlockKind, Chunk

MOST_CHARACTERS: Final = 20
"""Characters for each token of a text; where there are more, so many count as one. English has four
or five, and the longest word that all-MiniLM-L6-v2 has one token for has 18. What it does not know,
such as a script, and white space are one token or none at any length."""

_HEADINGS_SHARE: Final = 3
"""Headings take a third of a chunk's target at most, or they would drown its text."""

_HEADER_SHARE: Final = 2
"""A table's header takes half of what its headings leave at most, or rows would find no room."""

_LINE_END: Final = re.compile(r"\n(?=[^\S\n]*\S)")

_SENTENCE_END: Final = re.compile(
    # Neither initials and "e.g." nor what goes on in lower case or with a figure ("Art. 6").
    r"""(?<![.!?…])(?<!\b\w)[.!?…]++["'\u201d\u2019»)\]]*+\s++(?![a-zß-öø-ÿ0-9])"""
    # Chinese and Japanese put no space after a sentence.
    r"""|[\u3002\uff01\uff1f]++["'\u201d\u2019\u300d\u300f\uff09]*+\s*+"""
)

_NEXT_WORD: Final = re.compile(r"(?<=\S)\s++(?=\S)")

_NEXT_LETTER: Final = re.compile(r"(?<=\S)(?=\S)")

_ENDS: Final[dict[BlockKind, tuple[re.Pattern[str], ...]]] = {
    "heading": (_SENTENCE_END,),
    "paragraph": (_SENTENCE_END,),
    "list": (_LINE_END, _SENTENCE_END),
    "table": (_LINE_END,),
    "code": (_LINE_END,),
}
"""Where a block of each kind may be cut, the best places first; words come after these."""

_RULE: Final = re.compile(r"(?=.*-)[\s|:+=-]+")
"""The line of dashes between a Markdown table's header and its rows."""


@dataclass(frozen=True, slots=True)
class ChunkLimits:
    """How long chunks are, in an embedder's tokens, their headings included.

    Chunks are filled up to `target` and none is longer than `most`; no token counts for more than
    `MOST_CHARACTERS`.

    Raises:
        ValueError: unless 0 < target <= most.
    """

    target: int = 180
    most: int = 240

    def __post_init__(self) -> None:
        if not 0 < self.target <= self.most:
            raise ValueError("target must be positive and not above most")


def chunked(
    blocks: Sequence[Block], count: Callable[[str], int], limits: ChunkLimits
) -> tuple[Chunk, ...]:
    """Return a document's chunks in reading order.

    Every word of every block but headings stands in exactly one chunk; a table's header stands in
    each chunk that has some of its rows. A chunk's headings are those nearest to it that take a
    third of the target at most; a heading longer than that alone is read as text. A heading that
    nothing stands under gives no chunk, unless it ends the document.

    Args:
        blocks: what the document is made of, in reading order.
        count: tells how many tokens an embedder makes of a text. Called about once for each block,
            for each chunk and for each sentence of a block that is cut.
        limits: how long chunks are. Only a single character of more than `most` tokens exceeds it.
    """
    count = _bounded(count)
    cutter = _Cutter(count, limits)
    chunks: list[Chunk] = []
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    for section in _sections(blocks, count, limits.target // _HEADINGS_SHARE):
        for passage in cutter.passages(section):
            place = (section.headings, passage.text)
            key = _key(*place, seen[place])
            seen[place] += 1
            chunks.append(replace(passage, key=key, position=len(chunks)))
    return tuple(chunks)


def _bounded(count: Callable[[str], int]) -> Callable[[str], int]:
    """Return a count by which no token is more than so many characters."""

    def counted(text: str) -> int:
        return max(count(text), math.ceil(len(text) / MOST_CHARACTERS))

    return counted


def _key(headings: tuple[str, ...], text: str, occurrence: int) -> str:
    # JSON keeps apart what joining could mix up, and encodes even what UTF-8 cannot.
    content = json.dumps([headings, text, occurrence])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Heading:
    block: Block
    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands between two headings; `tokens` is what `headings` take."""

    headings: tuple[str, ...]
    tokens: int
    blocks: tuple[Block, ...]


def _sections(
    blocks: Sequence[Block], count: Callable[[str], int], most: int
) -> Iterator[_Section]:
    """Yield the stretches of a document with at most that many tokens of headings above each."""
    path: list[_Heading] = []
    body: list[Block] = []
    for block in blocks:
        text = " ".join(block.text.split()) if block.kind == "heading" else block.text
        if not text or text.isspace():
            continue
        if block.kind != "heading":
            body.append(block)
            continue
        if body:
            yield _section(path, body, most)
            body = []
        while path and path[-1].block.level >= block.level:
            path.pop()
        tokens = count(text)
        if tokens <= most:
            path.append(_Heading(block, text, tokens))
        else:
            body.append(block)
    if path and not body:
        body.append(path.pop().block)
    if body:
        yield _section(path, body, most)


def _section(path: Sequence[_Heading], body: Sequence[Block], most: int) -> _Section:
    kept: list[str] = []
    total = 0
    for heading in reversed(path):
        taken = total + heading.tokens + (1 if kept else 0)
        if taken > most:
            break
        kept.append(heading.text)
        total = taken
    return _Section(tuple(reversed(kept)), total, tuple(body))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a block that stays whole.

    `glue` parts it from the unit before it in a chunk, `header` (with its line end) precedes it at
    the beginning of one.
    """

    text: str
    tokens: int
    page: int | None
    glue: str = "\n\n"
    header: str = ""
    header_tokens: int = 0


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts sections into chunks that lack only their key and their position."""

    count: Callable[[str], int]
    limits: ChunkLimits

    def passages(self, section: _Section) -> Iterator[Chunk]:
        """Yield the chunks of a section."""
        room = self.limits.most - section.tokens
        fill = self.limits.target - section.tokens
        units = [unit for block in section.blocks for unit in self._units(block, room, fill)]
        for pack in _packs(units, fill):
            yield from self._fitted(section, pack)

    def _units(self, block: Block, room: int, fill: int) -> Iterator[_Unit]:
        """Yield a block whole when it fits the room, else in units that do."""
        text = block.text.strip("\n").rstrip()
        tokens = self.count(text)
        if tokens <= room:
            yield _Unit(text, tokens, block.page)
            return
        header, rows = _table_parts(text) if block.kind == "table" else ("", "")
        taken = self.count(header.rstrip()) if rows else 0
        if rows and taken <= fill // _HEADER_SHARE:
            header_unit = _Unit(header, taken, block.page)
            yield from self._rows(header_unit, rows, (room - taken, fill - taken))
        else:
            pieces = self._pieces(text, tokens, _ENDS[block.kind], (room, fill))
            yield from _glued(pieces, _Unit("", 0, block.page))

    def _rows(self, header: _Unit, rows: str, sizes: tuple[int, int]) -> Iterator[_Unit]:
        """Yield a table's rows; the first one brings the header along, the others repeat it."""
        pieces = self._pieces(rows, self.count(rows), _ENDS["table"], sizes)
        model = replace(header, header=header.text, header_tokens=header.tokens)
        first, *others = _glued(pieces, model)
        tokens = header.tokens + first.tokens
        yield replace(first, tokens=tokens, glue=first.glue + header.text, header_tokens=0)
        yield from others

    def _pieces(
        self, text: str, tokens: int, ends: Sequence[re.Pattern[str]], sizes: tuple[int, int]
    ) -> Iterator[tuple[str, int]]:
        """Yield a text in pieces and the tokens of each; together they are the text again.

        A piece fits the first of the sizes; the second is what words are put together to.
        """
        room, fill = sizes
        if tokens <= room or len(text.strip()) == 1:
            yield text, tokens
            return
        parts = _cut(text, ends[0]) if ends else _even(text, max(2, math.ceil(tokens / fill)))
        for part in parts:
            size = tokens if part == text else self.count(part.rstrip())
            yield from self._pieces(part, size, ends[1:], sizes)

    def _fitted(self, section: _Section, pack: Sequence[_Unit]) -> Iterator[Chunk]:
        """Yield units as one chunk, or as several when they take more together than one by one."""
        first = pack[0]
        text = first.header + first.text + "".join(unit.glue + unit.text for unit in pack[1:])
        chunk = Chunk("", 0, section.headings, text, 0, first.page)
        tokens = self.count(chunk.embedded)
        bare = first.text.strip()
        if tokens <= self.limits.most or (len(pack) == 1 and len(first.text) == 1):
            yield replace(chunk, tokens=tokens)
        elif len(pack) > 1:
            yield from self._fitted(section, pack[: len(pack) // 2])
            yield from self._fitted(section, pack[len(pack) // 2 :])
        elif len(bare) == 1:
            yield from self._fitted(section, [replace(first, text=bare)])
        else:
            for part in _even(first.text, 2):
                yield from self._fitted(section, [replace(first, text=part.rstrip())])


def _table_parts(text: str) -> tuple[str, str]:
    """Return a table's header with the line end after it, and its rows, which may be none."""
    lines = text.splitlines(keepends=True)
    rows_from = 2 if len(lines) > 1 and _RULE.fullmatch(lines[1]) else 1
    return "".join(lines[:rows_from]), "".join(lines[rows_from:])


def _glued(pieces: Iterable[tuple[str, int]], model: _Unit) -> Iterator[_Unit]:
    """Yield pieces as units like the model, each with the white space before it as its glue."""
    glue = model.glue
    for piece, tokens in pieces:
        text = piece.rstrip()
        yield replace(model, text=text, tokens=tokens, glue=glue)
        glue = piece[len(text) :]


def _packs(units: Sequence[_Unit], most: int) -> Iterator[list[_Unit]]:
    """Yield neighbouring units together, up to that many tokens unless one alone has more."""
    pack: list[_Unit] = []
    filled = 0
    for unit in units:
        if pack and filled + unit.tokens > most:
            yield pack
            pack = []
        filled = filled + unit.tokens if pack else unit.header_tokens + unit.tokens
        pack.append(unit)
    if pack:
        yield pack


def _cut(text: str, end: re.Pattern[str]) -> list[str]:
    """Return the stretches of a text that the pattern ends, blank ones left out."""
    ends = [match.end() for match in end.finditer(text)]
    parts = [text[start:stop] for start, stop in pairwise([0, *ends, len(text)])]
    return [part for part in parts if part and not part.isspace()]


def _even(text: str, parts: int) -> list[str]:
    """Return a text in two parts or more, about that many and of much the same length.

    It is cut between words, or within one where that is all there is: it has two characters at
    least. `parts` is at least 2.
    """
    # One after the other: a list of every letter would take many times the memory of the text.
    pattern = _NEXT_WORD if _NEXT_WORD.search(text) else _NEXT_LETTER
    last = max(match.end() for match in pattern.finditer(text))
    cuts, begun = [0], 0
    for match in pattern.finditer(text):
        # Scaled by where the last one starts: the first and the last are never in one part.
        part = match.end() * parts // (last + 1)
        if part != begun:
            cuts.append(match.end())
            begun = part
    return [text[start:stop] for start, stop in pairwise([*cuts, len(text)])]
