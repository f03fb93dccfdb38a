"""An answer while a model writes it: its text, and the citations that hold."""

from collections.abc import Iterator, Mapping, Sequence

from quillwort.assistant.events import Citation, Token
from quillwort.assistant.generation.markers import Cited, MarkerReader, Part
from quillwort.assistant.generation.packing import Excerpt
from quillwort.assistant.generation.support import Support, claim, words
from quillwort.assistant.prompts.answering import NO_EVIDENCE
from quillwort.assistant.prompts.data import visible


class Draft:
    """What one attempt of a model has written so far.

    A marker stays in the text with the numbers whose passages support what it is for, and each is
    followed by its citation. Numbers that do not hold are taken out and counted.

    Args:
        question: what is asked; a claim without content of its own, such as "Yes", is about that.
        excerpts: what the model was shown.
        originals: what stands for what in its text, as `Redacted` has it.
    """

    def __init__(
        self, question: str, excerpts: Sequence[Excerpt], originals: Mapping[str, str]
    ) -> None:
        self._question = question
        self._excerpts = {excerpt.number: excerpt for excerpt in excerpts}
        self._supports: dict[int, Support] = {}
        self._markers = MarkerReader(originals)
        self._opening: str | None = ""
        self._written = ""
        self._cited_to = 0
        self.supported = 0
        self.unsupported = 0

    @property
    def abstained(self) -> bool:
        """Whether it says that the passages do not answer."""
        return self._opening is not None and self._opening.startswith(NO_EVIDENCE)

    @property
    def sound(self) -> bool:
        """Whether passages support some of it, or it says that they do not answer."""
        return self.abstained or self.supported > 0

    @property
    def told(self) -> bool:
        """Whether anything of it has been told."""
        return bool(self._written)

    def write(self, text: str) -> Iterator[Token | Citation]:
        """Yield what is to be told with the next piece of text."""
        text = visible(text)
        if self._opening is not None:
            # Held back until it is clear whether the model abstains.
            self._opening = (self._opening + text).lstrip()
            if self._opening.startswith(NO_EVIDENCE) or NO_EVIDENCE.startswith(self._opening):
                return
            text, self._opening = self._opening, None
        yield from self._told(self._markers.read(text))

    def finish(self) -> Iterator[Token | Citation]:
        """Yield what was held back, at the end of the text."""
        if self._opening is not None and not self.abstained:
            text, self._opening = self._opening, None
            yield from self._told(self._markers.read(text))
        yield from self._told(self._markers.rest())

    def _told(self, parts: Iterator[Part]) -> Iterator[Token | Citation]:
        for part in parts:
            if isinstance(part, Cited):
                yield from self._cited(part)
            else:
                self._written += part
                yield Token(part)

    def _cited(self, cited: Cited) -> Iterator[Token | Citation]:
        claimed = claim(self._written, self._cited_to)
        # Where nothing is said yet the question would stand for whatever follows.
        if any(map(str.isalnum, claimed)) and not words(claimed):
            claimed = f"{self._question} {claimed}"
        held = [
            Citation(number, quote)
            for number in cited.passages
            if (quote := self._quote(claimed, number)) is not None
        ]
        self.supported += len(held)
        self.unsupported += len(cited.passages) - len(held)
        if held:
            numbers = ", ".join(str(citation.passage) for citation in held)
            yield Token(f"{cited.space}[{numbers}]")
            yield from held
        self._cited_to = len(self._written)

    def _quote(self, claimed: str, number: int) -> str | None:
        if number not in self._excerpts:
            return None
        if number not in self._supports:
            self._supports[number] = Support(self._excerpts[number])
        return self._supports[number].of(claimed)
