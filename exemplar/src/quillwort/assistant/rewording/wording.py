"""What a question says, taken apart: what another must have in common with it to be the same."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quillwort.assistant.rewording.marks import (
    ASKING,
    ENDINGS,
    LITTLE,
    NEGATING,
    NEGATIONS,
    NUMBERS,
    ONLY_LOOK,
    OPENERS,
    STEM,
    TURNS,
)

_QUOTED: Final = r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|`[^`]*`|(?<!\w)'[^']+'(?!\w)"
_WORD: Final = r"\w+(?:(?:['._:/@+#&=-]+|(?<=\d),(?=\d))\w+)*"
_TOKEN: Final = re.compile(rf"(?P<quoted>{_QUOTED})|(?P<word>{_WORD})|(?P<sign>[^\s\w])")
_SILENT: Final = frozenset("?.,;:!()")
_ENDS: Final = frozenset("?.!")
_ALIKE: Final = str.maketrans("\u2018\u2019\u02bc\u2010\u2011\u2212", "'''---")
_CONTRACTED: Final = re.compile(r"(\w+)'(s|re|m|ve|ll|d)", re.IGNORECASE)
_SAYS: Final = {"ll": "will", "d": "would", "ve": "have"}
_NOT: Final = re.compile(r"(\w+)n't|(can)not", re.IGNORECASE)
_SHORTENED: Final = {"ca": "can", "wo": "will", "sha": "shall"}
_MICRO: Final = 0x3BC
"""What the normal form makes of the micro sign, which is a Latin text's."""
_LATIN: Final = (range(0x250), range(0x1E00, 0x1F00), range(_MICRO, _MICRO + 1))


@dataclass(frozen=True, slots=True)
class Wording:
    """A question by what its words are to it, each in the order of the question.

    `numbers` have the word that follows them, which may be their unit. `names` are whatever is
    written to be taken as it is: quoted, with capital letters, digits or signs. `turns` are words
    that ask or turn what is asked, `words` the stems of all others but little ones. `readable` says
    that its letters are Latin, as far as they go: no word of another script is known here.
    """

    numbers: tuple[str, ...]
    negations: tuple[str, ...]
    names: tuple[str, ...]
    turns: tuple[str, ...]
    words: tuple[str, ...]
    readable: bool


def wording(question: str) -> Wording:
    """Take a question apart."""
    reader = _Reader()
    text = unicodedata.normalize("NFKC", question).translate(_ALIKE)
    for found in _TOKEN.finditer(text):
        if found["word"]:
            for word in _parted(found["word"]):
                reader.word(word)
        else:
            reader.sign(found[0])
    return reader.read(readable=all(_is_latin(letter) for letter in text if letter.isalpha()))


def vocabulary(text: str) -> frozenset[str]:
    """Return the stems of every word of a text."""
    return frozenset(_stem(word.casefold()) for word in re.findall(r"\w+", text))


class _Reader:
    """Sorts words and signs as they come."""

    def __init__(self) -> None:
        self._numbers: list[str] = []
        self._negations: list[str] = []
        self._names: list[str] = []
        self._turns: list[str] = []
        self._words: list[str] = []
        self._counted = False
        self._opens = True
        self._before = ""

    def read(self, *, readable: bool) -> Wording:
        """Return what came."""
        return Wording(
            tuple(self._numbers),
            tuple(self._negations),
            tuple(self._names),
            tuple(self._turns),
            tuple(self._words),
            readable,
        )

    def sign(self, sign: str) -> None:
        """Take in a sign, or something quoted."""
        self._counted = False
        self._opens = sign in _ENDS
        if sign not in _SILENT:
            self._names.append(sign)

    def word(self, written: str) -> None:
        """Take in a word."""
        word = written.casefold()
        if self._counted:
            self._numbers[-1] += f" {_stem(word)}"
        self._counted = word in NUMBERS or word[0].isnumeric()
        if self._counted:
            self._numbers.append(NUMBERS.get(word, word))
        self._sort(written, word)
        self._opens, self._before = False, word

    def _sort(self, written: str, word: str) -> None:
        stem = _stem(word)
        if word in NEGATIONS or (word.startswith(NEGATING) and word not in ONLY_LOOK):
            self._negations.append(word)
        elif self._is_name(written, word):
            self._names.append(written)
        elif word in ASKING:
            self._turns.append(ASKING[word])
        elif word == "to" and self._before == "how":
            return
        elif word in TURNS or stem in TURNS:
            self._turns.append(word if word in TURNS else stem)
        elif word not in LITTLE and not self._counted:
            self._words.append(stem)

    def _is_name(self, written: str, word: str) -> bool:
        if any(not letter.isalpha() for letter in written) and not written.isnumeric():
            return True
        if written[1:] != written[1:].lower():
            return True
        if not written[0].isupper() or word == "i":
            return False
        known = word in ASKING or word in TURNS or word in LITTLE or word in OPENERS
        return not (self._opens and (known or word in NUMBERS))


def _parted(word: str) -> Iterator[str]:
    """Yield the words that a contraction stands for."""
    if denied := _NOT.fullmatch(word):
        short = denied[1] or denied[2]
        yield from (_SHORTENED.get(short.lower(), short), "not")
    elif contracted := _CONTRACTED.fullmatch(word):
        yield contracted[1]
        if says := _SAYS.get(contracted[2].lower()):
            yield says
    else:
        yield word


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word.removesuffix(ending)
    return word


def _is_latin(letter: str) -> bool:
    return any(ord(letter) in letters for letters in _LATIN)
