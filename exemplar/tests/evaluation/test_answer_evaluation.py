"""Answers measured: what they cite, when they abstain, and what a judge says of them."""

from collections.abc import AsyncIterator, Sequence

import pytest
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.evaluation.judged import Judged, Judgement
from quillwort.assistant.evaluation.memory import memory_index
from quillwort.assistant.events import Citation, Done, Event, PassageFound, Restart, Token
from quillwort.assistant.loading import Loaded
from quillwort.assistant.passages import Block
from quillwort.assistant.search_service import Hit, SearchService
from quillwort.domain.values import Principal
from quillwort.entrypoints.evaluation.answers import evaluated
from word_embedder import WordEmbedder

PETS = "Cats are welcome."
TAXES = "The landlord pays the tax."
QUESTIONS = (
    Judged("cats welcome?", (Judgement("lease.md", PETS),), ""),
    Judged("landlord tax?", (Judgement("lease.md", TAXES),), ""),
    Judged("boats?", (), "unanswerable"),
    Judged("left out", (Judgement("lease.md", PETS),), "", proposed=True),
)


class Scripted:
    """Quotes of cats, makes something up of taxes after a false start, and abstains otherwise."""

    version = "scripted"

    async def answer(
        self, _principal: Principal, question: str, hits: Sequence[Hit]
    ) -> AsyncIterator[Event]:
        yield PassageFound(1, hits[0])
        if "cats" in question:
            yield Token(PETS)
            yield Citation(1, PETS)
        elif "tax" in question:
            yield Token("nothing of this stays")
            yield Restart()
            yield Token("The tenant pays.")
            yield Citation(1, "The tenant pays.")
        yield Done("answered" if "boats" not in question else "no_evidence")


def grading(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """Grade as a judge would who reads the answer and its passages."""
    asked = str(messages)
    assert PETS in asked
    assert "nothing of this stays" not in asked
    supported = "The tenant pays." not in asked
    graded = {"reason": "as it stands there", "pass": supported, "score": float(supported)}
    return ModelResponse([ToolCallPart(info.output_tools[0].name, graded)])


def failing(_messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
    raise ModelHTTPError(500, "scripted")


@pytest.fixture
async def search() -> SearchService:
    text = Loaded("lease.md", "text/markdown", (Block("paragraph", f"{PETS} {TAXES}"),))
    embedder = WordEmbedder()
    return SearchService(await memory_index({"lease.md": text}, embedder, ChunkLimits()), embedder)


async def test_answers_are_held_against_their_passages(search: SearchService) -> None:
    found = await evaluated(search, Scripted(), QUESTIONS, None)
    assert {name: each.mean for name, each in found.items()} == {
        "failed": 0.0,
        "answered where something answers": 1.0,
        "abstained where nothing answers": 1.0,
        "citations that hold": 0.5,
        "a marked passage cited": 1.0,
    }


async def test_a_judge_tells_what_the_passages_do_not_say(search: SearchService) -> None:
    found = await evaluated(search, Scripted(), QUESTIONS, FunctionModel(grading))
    assert found["faithful to its passages"].mean == pytest.approx(2 / 3)
    assert "not judged" not in found


async def test_a_judge_that_fails_is_told(search: SearchService) -> None:
    found = await evaluated(search, Scripted(), QUESTIONS, FunctionModel(failing))
    assert found["not judged"].mean == 1.0
    assert "faithful to its passages" not in found
