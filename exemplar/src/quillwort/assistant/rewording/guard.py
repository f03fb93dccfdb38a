"""Whether an answer to one question is an answer to another: how alike they are is not enough.

"Is it safe to retry a POST?" and "Is it unsafe to retry a POST?" are .98 alike for the model that
embeds here, "Does the tenant pay the landlord?" and its opposite .998, and most of what people ask
again in other words is less alike than that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quillwort.assistant.embedding import Vectors
from quillwort.assistant.rewording.marks import PREFIXES
from quillwort.assistant.rewording.wording import Wording, vocabulary, wording

Refusal: TypeAlias = Literal[
    "ground",  # it rests on something else: passages, rights, tenant, prompt, models or embedder
    "similarity",  # it is not as alike as it must be
    "script",  # its letters are of a script whose words nobody tells apart here
    "numbers",  # a number or its unit is another
    "negations",  # one says no where the other does not
    "names",  # something quoted, written with capitals, digits or signs is another
    "turns",  # it asks for something else, or an opposite
    "order",  # the words that both have stand in another order
    "additions",  # one says all that the other says, and more
    "subjects",  # one has a word of the passages that the other does not have
]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A question and its vector, of unit length.

    `ground` is a digest of everything that its answer rests on besides, and is the same for two
    questions that this is the same for.
    """

    text: str
    vector: Vectors
    ground: bytes


def refusal(kept: Question, asked: Question, least: float, passages: str) -> Refusal | None:
    """Return why the answer to one question must not be given to the other, or None.

    It is the same whichever of the two was asked first.

    Args:
        kept: the question that was answered.
        asked: the question that is asked now.
        least: how alike they must be at least: an inner product.
        passages: what both are answered from.
    """
    if kept.ground != asked.ground:
        return "ground"
    if not similarity(kept, asked) >= least:
        return "similarity"
    one, other = wording(kept.text), wording(asked.text)
    return next(_differences(one, other), None) or _apart(one.words, other.words, passages)


def similarity(one: Question, other: Question) -> float:
    """Return how alike two questions are for the embedder."""
    return float(one.vector @ other.vector)


def _differences(one: Wording, other: Wording) -> Iterator[Refusal]:
    if not (one.readable and other.readable):
        yield "script"
    if one.numbers != other.numbers:
        yield "numbers"
    if one.negations != other.negations or _negate({*one.words}, {*other.words}):
        yield "negations"
    if one.names != other.names:
        yield "names"
    if one.turns != other.turns:
        yield "turns"


def _negate(one: set[str], other: set[str]) -> bool:
    """Return whether either has a word that the other has with a prefix that may negate it."""
    return any(
        prefix + word in others
        for words, others in ((one, other - one), (other, one - other))
        for word in words
        for prefix in PREFIXES
    )


def _apart(one: Sequence[str], other: Sequence[str], passages: str) -> Refusal | None:
    """Return what the words tell apart that no list has."""
    common = {*one} & {*other}
    if [word for word in one if word in common] != [word for word in other if word in common]:
        return "order"
    own, others = {*one} - common, {*other} - common
    if bool(own) != bool(others):
        return "additions"
    return "subjects" if (own | others) & vocabulary(passages) else None
