"""Answers that quote: sentences as they stand in passages, or none."""

from uuid import UUID

import pytest

from quillwort.assistant.events import Citation, Done, Event, PassageFound, Token
from quillwort.assistant.extractive import LEAST_NEAR, LEAST_SHARED, Extractive
from quillwort.assistant.fusion import Fused
from quillwort.assistant.passages import Chunk
from quillwort.assistant.search_service import Hit
from quillwort.domain.values import Principal

QUESTION = "Who pays for repairs?"


def hit(text: str, near: float, shared: float = 0.0) -> Hit:
    fused = Fused(1, 1.0, None, near, None, 1)
    chunk = Chunk("key", 0, (), text, 10)
    return Hit(UUID(int=1), "lease.md", "Lease", chunk, fused, shared=shared, near=near)


async def told(*hits: Hit) -> list[Event]:
    asking = Principal("alice", "alice", frozenset())
    return [event async for event in Extractive().answer(asking, QUESTION, hits)]


async def test_the_sentence_that_says_most_of_the_question_is_quoted() -> None:
    events = await told(hit("Cats are welcome. The tenant pays for repairs. Dogs are not.", 0.6))
    assert isinstance(events[0], PassageFound)
    assert events[1:] == [
        Token("The tenant pays for repairs."),
        Citation(1, "The tenant pays for repairs."),
        Done("answered"),
    ]


async def test_every_piece_has_its_citation_and_pieces_are_apart() -> None:
    first, second = "The tenant pays for repairs.", "Repairs: the tenant pays."
    events = await told(hit(first, 0.6), hit(second, 0.5))
    assert "".join(each.text for each in events if isinstance(each, Token)) == f"{first} {second}"
    assert [each for each in events if isinstance(each, Citation)] == [
        Citation(1, first),
        Citation(2, second),
    ]


async def test_a_passage_that_says_much_less_is_not_quoted() -> None:
    events = await told(hit("The tenant pays for repairs.", 0.6), hit("Cats are welcome.", 0.5))
    assert [each.passage for each in events if isinstance(each, Citation)] == [1]


@pytest.mark.parametrize(
    ("near", "shared", "outcome"),
    [
        (LEAST_NEAR - 0.01, LEAST_SHARED - 0.01, "no_evidence"),
        (LEAST_NEAR, 0.0, "answered"),
        (0.0, LEAST_SHARED, "answered"),
    ],
)
async def test_an_answer_needs_evidence_by_meaning_or_by_words(
    near: float, shared: float, outcome: str
) -> None:
    assert (await told(hit("Nobody knows.", near, shared)))[-1] == Done(outcome)  # type: ignore[arg-type] # one of the two


async def test_nothing_found_is_no_evidence() -> None:
    assert await told() == [Done("no_evidence")]
