"""A text made ready for the rules: characters unified, numbers found, cut into sentences."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Final, Literal

from architect.briefing.language import language_of
from architect.briefing.numbers import Number, numbers_of, shadow_of

Section = Literal["", "out", "later", "entities"]
"""What a heading says of the lines under it."""

_UNIFIED: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u0060", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2022\u00b7\u25aa\u25cf", "*"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u200b\ufeff\t\r", " "),
        "\u2264": "<",
        "\u2265": ">",
        "\u00d7": "x",
        "\u2026": ".",
    }
)
"""Quotes, dashes, bullets and blanks of all kinds, each as its plain kin: one character for one."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, a bullet or a line: ``start`` and ``end`` are places in the text.

    ``plain`` is the sentence in lower case, ``shadow`` the same with ``#`` for numbers; both are as long
    as ``original``.
    """

    index: int
    start: int
    end: int
    original: str
    plain: str
    shadow: str
    language: str
    section: Section
    bullet: bool
    numbers: dict[int, Number] = field(repr=False)

    @cached_property
    def asks(self) -> bool:
        """True for a question, whether or not it ends in a question mark."""
        return self.plain.rstrip(" \"')").endswith("?") or _INTERROGATIVE.match(self.plain) is not None

    @cached_property
    def requests(self) -> bool:
        """True for a wish put as a question: "can you build ..?"."""
        return _POLITE.search(self.plain) is not None

    @cached_property
    def corrects(self) -> bool:
        """True when the sentence takes back what was said before: "sorry, make that 500"."""
        return _CORRECTION.search(self.plain) is not None

    def value(self, match: re.Match[str], group: str | int = "n") -> float:
        """Return the number that a group of a match on the shadow stands on.

        Raises:
            KeyError: the group does not begin where a number begins.
        """
        return self.numbers[match.start(group)].value

    def words(self, match: re.Match[str]) -> str:
        """Return the words of a match as they stand in the text, on one line."""
        return " ".join(self.original[match.start() : match.end()].split()).strip(" ,;:(")

    @property
    def said(self) -> str:
        """The whole sentence on one line, shortened to what a table can show."""
        text = " ".join(self.original.split())
        return text if len(text) <= _LONGEST_SAID else text[: _LONGEST_SAID - 3] + "..."


@dataclass(frozen=True)
class Passage:
    """A whole text and its sentences."""

    original: str
    plain: str
    language: str
    sentences: tuple[Sentence, ...]


MOST_SENTENCES: Final = 1000
"""Sentences that are read of one text; a tender of 64 KiB has some 600."""
LONGEST_SENTENCE: Final = 1000
"""Characters after which a sentence is cut: no rule looks further, and no text can make one slow."""
_TELLING: Final = 20
_LONGEST_SAID = 240
_INTERROGATIVE = re.compile(
    r"\W*(?:so |and |but |ok |hey |hi |hello |please )*(?:how (?:do|does|should|would|can|could|to|many|much"
    r"|is|are)|what(?:'s| is| are| does| do| would| happens| should)"
    r"|why |when (?:is|do|does|should|would|to)|which |where (?:should|do|does)|who |should (?:i|we|one)"
    r"|is (?:it|there|this|that)? ?\w+ (?:better|worse|faster|slower)"
    r"|does it|do (?:i|we) (?:really )?need|is it (?:worth|better|ok|possible|a good)|compare |explain "
    r"|tell (?:me|us) (?:about|how|why|what|when)"
    r"|wie |was (?:ist|sind|passiert|bedeutet)|wann |warum |welche|sollte? (?:ich|man|wir)|lohnt "
    r"|cómo |como (?:funciona|puedo|se)|qué |cuándo |cuando conviene|por qué |cuál |debería |debo "
    r"|quelle? |comment |pourquoi |quand |qu'est|est-ce que|faut-il|dois-je)"
)
_POLITE = re.compile(
    r"\b(?:can|could|would|will) (?:you|u|someone|somebody|anyone) (?:please |maybe |perhaps |help (?:me"
    r"|us) )?"
    r"(?:build|create|make|write|set up|put together|design|develop|implement|generate|scaffold|add|code"
    r"|whip|spin|give|prepare|bootstrap)"
    r"|\b(?:kannst du|könn(?:t|ten) (?:sie|ihr)) .{0,60}(?:bauen|erstellen|schreiben|entwickeln)"
    r"|\b(?:puedes|podr[ií]as?) (?:crear|hacer|construir|escribir)|\b(?:peux-tu|pouvez-vous"
    r"|pourriez-vous) (?:créer|faire|écrire|développer)"
)
_CORRECTION = re.compile(
    r"\b(?:actually|sorry|scratch that|correction|no,? wait|wait,|i meant|i mean|make (?:that|it)"
    r"|on second thoughts?"
    r"|changed (?:my|our) minds?|should be|should read|not \S+ but|we now have|now \w+, not|was (?:wrong"
    r"|a typo|a mistake)"
    r"|edit:|update:|instead|korrektur|doch lieber|stattdessen|perdón|mejor dicho|pardon|plutôt)"
)

_OUT = re.compile(
    r"(?:explicitly )?(?:out[- ]of[- ]scope|not in scope|not (?:part of|included|needed|required|wanted)"
    r"|non[- ]goals?|won'?t(?: have)?|exclu(?:ded|sions?)"
    r"|no[- ]gos?|nicht (?:im umfang|enthalten|teil)|fuera (?:de|del) alcance|hors (?:périmètre|scope)"
    r"|we do(?:n't| not) (?:need|want))\b[^:]{0,40}:"
)
_LATER = re.compile(
    r"(?:later|future|nice[- ]to[- ]haves?|could(?: have)?|someday|backlog|phase (?:2|two|ii|3|three)|v2"
    r"|stage (?:2|two)|ideas?|maybe"
    r"|roadmap|optional(?:ly)?|später|más adelante|plus tard|eventually)\b[^:]{0,40}:"
)
_ENTITIES = re.compile(
    r"(?:the )?(?:entities|domain(?: model| objects)?|data model|models?|tables|resources|objects"
    r"|we (?:need to )?store|things (?:to store|we store)|entitäten|entidades|entités)\b[^:]{0,40}:"
)
_HEADING = re.compile(r"[#*_\s]{0,6}(?P<title>[^\W\d][^:.!?\n]{0,60}):[*_\s]*$")
_BULLET = re.compile(r"\s*(?:[-*+>]|\(?\d{1,2}[.)]|[a-z]\)|\[[ x]?\])\s+|\s*\|")
_END = re.compile(r"(?<=[.!?;])[\"')\]]*\s+|(?<=[?!])(?=[A-Za-z])|;")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|ca|ref|vs|etc|incl|excl|req|sec|min|max|mio|mrd|tsd|z\. ?b|d\. ?h|bzw|inkl"
    r"|evtl|nr|no|st|dr|mr|mrs|ms|prof|inc|ltd|co"
    r"|avg|fig|ej|p\. ?ej|env|resp|usw|u\.a|mill))\.$"
)
_LINE = re.compile(r"[^\n]*\n?")


def passage_of(text: str) -> Passage:
    r"""Return a text made ready; every place in it stays where it is.

    Example: ``passage_of("Out of scope:\n- billing").sentences[1].section`` is ``"out"``.
    """
    original = text.translate(_UNIFIED)
    original = "".join(_shown(char) for char in original) if not original.isprintable() else original
    plain = "".join(low if len(low := char.lower()) == 1 else char for char in original)
    language = language_of(plain)
    numbers = numbers_of(original, plain, language)
    shadow = shadow_of(plain.replace("#", " "), numbers)
    sentences: list[Sentence] = []
    at = 0
    for start, end, section, bullet in islice(_bounded(_cut(plain), plain), MOST_SENTENCES):
        inside: dict[int, Number] = {}
        while at < len(numbers) and numbers[at].start < end:
            inside[numbers[at].start - start] = numbers[at]
            at += 1
        piece = plain[start:end]
        sentences.append(
            Sentence(
                index=len(sentences),
                start=start,
                end=end,
                original=original[start:end],
                plain=piece,
                shadow=shadow[start:end],
                language=language_of(piece, otherwise=language) if end - start > _TELLING else language,
                section=section,
                bullet=bullet,
                numbers=inside,
            )
        )
    return Passage(original, plain, language, tuple(sentences))


def _shown(char: str) -> str:
    if char == "\n" or unicodedata.category(char)[0] != "C":
        return char
    return " "


def _cut(plain: str) -> Iterator[tuple[int, int, Section, bool]]:
    """Yield (start, end, section, is a bullet) of every sentence that holds a word."""
    section: Section = ""
    for start, end, starts_block in _blocks(plain):
        block = plain[start:end]
        bullet = _BULLET.match(block)
        at = start + (bullet.end() if bullet else 0)
        heading = _section_of(block[at - start :].lstrip("#*_ "))
        is_heading = _HEADING.match(block) is not None
        if is_heading or heading or (starts_block and not bullet):
            section = heading
        here = section
        for first, last in _sentences(plain, at, end):
            own = _section_of(plain[first:last].lstrip())
            yield first, last, own or here, bullet is not None
            if heading and not is_heading:
                here = "" if plain[first:last].rstrip().endswith((".", "!", "?")) else here
        if heading and not is_heading:
            section = ""


def _bounded(
    pieces: Iterable[tuple[int, int, Section, bool]], plain: str
) -> Iterator[tuple[int, int, Section, bool]]:
    """Yield the pieces, those that are too long cut at blanks."""
    for start, end, section, bullet in pieces:
        at = start
        while end - at > LONGEST_SENTENCE:
            blank = plain.rfind(" ", at + 1, at + LONGEST_SENTENCE)
            cut = blank if blank > at else at + LONGEST_SENTENCE
            yield at, cut, section, bullet
            at = cut
        yield at, end, section, bullet


def _section_of(block: str) -> Section:
    if _OUT.match(block):
        return "out"
    if _LATER.match(block):
        return "later"
    return "entities" if _ENTITIES.match(block) else ""


def _blocks(plain: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, whether a blank line went before) of lines, with wrapped lines joined again."""
    start, end, fresh, next_fresh = -1, -1, True, True
    for match in _LINE.finditer(plain):
        line = match.group()
        if not line.strip():
            if start >= 0:
                yield start, end, fresh
            start, next_fresh = -1, True
            continue
        if start >= 0 and _continues(plain[max(start, end - 80) : end], line):
            end = match.end()
            continue
        if start >= 0:
            yield start, end, fresh
        start, end, fresh, next_fresh = match.start(), match.end(), next_fresh, False
    if start >= 0:
        yield start, end, fresh


def _continues(before: str, line: str) -> bool:
    """True when ``line`` goes on with the sentence that ``before`` ends in: a wrapped line."""
    previous = before.rstrip()
    if _BULLET.match(line) or not previous or previous[-1] in ".:;!?|":
        return False
    long_enough = len(before) >= 50  # noqa: PLR2004 - nobody wraps lines shorter than this
    return long_enough and line.lstrip()[:1].isalnum() and not _HEADING.match(line)


def _sentences(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _END.finditer(plain, start, end):
        if match.start() > at and not _ABBREVIATED.search(plain, max(at, match.start() - 8), match.start()):
            if plain[at : match.start()].strip(" -*.\n"):
                yield at, match.start()
            at = match.end()
    if plain[at:end].strip(" -*.\n|"):
        yield at, end


_NEAR: Final = 24
_EDGE = re.compile(r"[.;:()\n]|, ")


def around(sentence: Sentence, start: int, end: int) -> str:
    """Return the words at a place with their nearest company, whole words only, within the clause."""
    left = sentence.original[max(0, start - _NEAR) : start]
    if start > _NEAR:
        left = left.partition(" ")[2]
    left = _EDGE.split(left)[-1]
    right = sentence.original[end : end + _NEAR]
    if len(sentence.original) > end + _NEAR:
        right = right.rpartition(" ")[0] if " " in right else ""
    edge_after = _EDGE.search(right)
    right = right[: edge_after.start()] if edge_after else right
    return " ".join((left + sentence.original[start:end] + right).split())
