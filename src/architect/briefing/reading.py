"""What a reader is given, and where readers register."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from architect.briefing.claims import Claim
from architect.briefing.passage import Passage, Sentence, around
from architect.briefing.stance import Judged
from architect.briefing.stance_rules import Stance
from architect.model.fact import Provenance
from architect.registry import Registry

ASSISTANT: Final = "assistant"
"""The reader that recognises an assistant; others ask it by ``Reading.assistant``."""
TASKS: Final = "assistant.tasks"
_FROM_DOCUMENTS: Final = frozenset({"question_answering", "search", "chat"})


@dataclass(frozen=True)
class Reading:
    """A text as the readers see it: its sentences, and what it names with how it stands to it."""

    passage: Passage
    judged: tuple[Judged, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order."""
        return self.passage.sentences

    def having(self, role: str, *stances: Stance) -> Iterator[Judged]:
        """Yield what plays a role and is stood to in one of those ways (wanted, unless told)."""
        for judged in self.judged:
            if judged.mention.term.has(role) and judged.stance in (stances or ("wanted",)):
                yield judged

    @cached_property
    def assistant(self) -> tuple[Claim, ...]:
        """What the reader of assistants found: nothing in a text that wants none."""
        return tuple(READERS[ASSISTANT](self))

    @cached_property
    def searches_documents(self) -> bool:
        """True when the text wants an assistant that looks passages up in documents."""
        tasks = {made.value for made in self.assistant if made.path == TASKS}
        return bool(self.assistant) and (not tasks or not tasks.isdisjoint(_FROM_DOCUMENTS))

    def inside(self, sentence: Sentence) -> Iterator[Judged]:
        """Yield what one sentence names."""
        yield from self._by_sentence.get(sentence.index, ())

    @cached_property
    def _by_sentence(self) -> dict[int, list[Judged]]:
        found: dict[int, list[Judged]] = {}
        for judged in self.judged:
            found.setdefault(judged.mention.sentence.index, []).append(judged)
        return found

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Yield each match of a pattern on the sentences' shadows, leaving out what is not wished for."""
        for sentence in self.sentences:
            if sentence.section:
                continue
            for match in pattern.finditer(sentence.shadow):
                if not _taken_back(sentence, match):
                    yield sentence, match


_TAKEN_BACK = re.compile(
    r"\b(?:not|instead of|rather than|no longer|up from|down from|used to be|formerly"
    r"|previously)\s+(?:about |around |the )?(?:[$€£]|usd |eur )?$"
)


def _taken_back(sentence: Sentence, match: re.Match[str]) -> bool:
    """True when the number of a match is what holds no longer: "$1,200, not $2,000"."""
    at = sentence.shadow.find("#", match.start(), match.end())
    return at >= 0 and _TAKEN_BACK.search(sentence.plain, max(0, at - 24), at) is not None


def claim(  # noqa: PLR0913, PLR0917 - a claim has these parts, and most calls leave out the last ones
    sentence: Sentence,
    match: re.Match[str],
    path: str,
    value: object,
    provenance: Provenance = "stated",
    because: str | None = None,
    weight: int = 0,
) -> Claim:
    """Return a claim read from a match; its reason is the matched words unless one is given.

    What a question supposes is not stated.
    """
    asked = sentence.asks and not sentence.requests
    return Claim(
        path,
        value,
        "inferred" if asked and provenance == "stated" else provenance,
        because or sentence.words(match),
        at=sentence.start + match.start(),
        weight=weight,
        correcting=sentence.corrects,
        sentence=sentence.index,
    )


def claim_of(  # noqa: PLR0913, PLR0917 - likewise, from something named
    judged: Judged,
    path: str,
    value: object,
    provenance: Provenance = "stated",
    because: str | None = None,
    weight: int = 0,
) -> Claim:
    """Return a claim read from something named; its reason is the words around it unless one is given."""
    mention = judged.mention
    return Claim(
        path,
        value,
        provenance,
        because or around(mention.sentence, mention.start, mention.end),
        at=mention.at,
        weight=weight,
        correcting=mention.sentence.corrects,
        sentence=mention.sentence.index,
    )


Reader: TypeAlias = Callable[[Reading], Iterable[Claim]]

READERS: Final[Registry[Reader]] = Registry("reader", "architect.briefing.readers")
"""Each file of the folder ``readers`` reads one subject; adding a file adds the subject."""
