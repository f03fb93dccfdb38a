"""Answers read at once: what their readers and the models saw becomes figures beside targets."""

import asyncio

from model_service import ModelService

from architect.verify.issuer import Issuer
from architect.verify.load.stream_figures import Streamed, comparisons
from architect.verify.load.streams import OUT_OF_TIME, Stream, read
from architect.verify.models.dialect import Tokens
from architect.verify.models.script import answers
from architect.verify.models.server import Call, scripted
from architect.verify.stage import ANSWER, FIRST


def call(number: int, first: float, last: float) -> Call:
    content = f"Who pays for repairs of flat {number}?"
    return Call("openai", "alpha", 0.0, {}, {}, "", content, first, last, used=Tokens(1, 1))


def streamed(late: float = 0.02, memory: float = 110.0, *, lost: int = 0) -> Streamed:
    streams = [Stream(1.0, 2.0 + late, 4.0, answered=True) for _ in range(20)]
    for stream in streams[:lost]:
        stream.answered = False
    return Streamed(streams, [call(number, 2.0, 3.0) for number in range(20)], 100.0, memory)


def missed(each: Streamed) -> list[str]:
    return [comparison.measured.name for comparison in comparisons(each) if comparison.met is False]


def test_what_is_quick_small_and_whole_meets_its_targets():
    assert missed(streamed()) == []


def test_each_shortfall_is_named():
    assert missed(streamed(late=0.15)) == ["first token beyond the model's, p95"]
    assert missed(streamed(memory=121.0)) == ["memory of an open answer"]
    assert missed(streamed(lost=1)) == ["answers read to their end"]


def test_only_answers_that_overlap_are_at_once():
    one_by_one = [call(number, float(number), number + 0.5) for number in range(20)]
    each = streamed()
    assert each.at_once == 20
    assert Streamed(each.streams, one_by_one, 0.0, 0.0).at_once == 1


def test_a_stream_is_timed_from_its_question_to_its_end():
    async def run() -> tuple[Stream, Stream, Call]:
        async with scripted() as models:
            service = ModelService(models, set(), {})
            server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            service.documents["ada", "lease.md"] = "The tenant pays for repairs of up to 200 euros each."
            models.plan(FIRST, answers(ANSWER, first_seconds=0.2, pace_seconds=0.01))
            token = Issuer("http://127.0.0.1:1").token("ada", ())
            whole = await read(port, token, "Who pays for repairs of flat 1?", 5)
            broken = await read(port, token, "Who pays for repairs of flat 2?", 0.05)
            server.close()
            return whole, broken, models.calls[0]

    whole, broken, made = asyncio.run(run())
    assert whole.answered
    assert not whole.problem
    assert whole.asked_at < made.first_token_at <= whole.first_token_at < whole.ended_at
    assert whole.ended_at - whole.asked_at > 0.2
    assert (broken.answered, broken.problem) == (False, OUT_OF_TIME)
