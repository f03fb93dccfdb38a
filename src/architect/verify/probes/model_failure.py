"""Models that fail: what the caller is told, which model is asked next, and that the answer ends in time."""

import itertools
from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.conversation import Told
from architect.verify.models.script import Script, answers, breaks, fails, never_ends, refuses
from architect.verify.stage import (
    ANSWER,
    BETWEEN_TOKENS_SECONDS,
    FALLBACK,
    FIRST,
    FIRST_TOKEN_SECONDS,
    MOST_TOKENS,
    RETRIES,
    SECOND,
    TOTAL_SECONDS,
    Stage,
    left,
    said,
)

ASKED: Final = "POST /v1/questions, AskQuestion"
MARGIN_SECONDS: Final = 2.0
RETRY_AFTER_SECONDS: Final = 1
HALF: Final = "The landlord pays for whatever"
"""What a model had written when it failed."""


async def rate_limit_honoured(stage: Stage) -> list[Finding]:
    """A model that says when to come back is not asked sooner, and then it answers."""
    notes = Notes("rate_limit_honoured", "wait as long as Retry-After says before the model is asked again")
    stage.models.plan(FIRST, fails(429, str(RETRY_AFTER_SECONDS)), answers(ANSWER))
    told, mark = await _asked(stage, "rate limit")
    calls = stage.since(mark, FIRST)
    waits = [later.at - sooner.at for sooner, later in itertools.pairwise(calls)]
    notes.expect(
        holds=bool(waits) and min(waits) >= RETRY_AFTER_SECONDS,
        message=f"a model that says {RETRY_AFTER_SECONDS} s is asked again sooner, or never",
        where=ASKED,
        seen=[f"after {seconds:.2f} s" for seconds in waits] or told.seen,
    )
    notes.expect(
        holds=told.outcome == "answered" and said(told.text) == said(ANSWER),
        message="after a rate limit the question is not answered",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings


async def server_error_falls_back(stage: Stage) -> list[Finding]:
    """When the first model's server fails, the second answers, and the first is not asked for ever."""
    notes = Notes("server_error_falls_back", "ask the next model of MODEL_CHAIN")
    stage.models.plan(FIRST, fails(500))
    told, mark = await _asked(stage, "server error")
    _expect_fallback(notes, told, "a first model that answers 500")
    tries = len(stage.since(mark, FIRST))
    notes.expect(
        holds=1 <= tries <= RETRIES + 1,
        message=f"the failing model is asked {tries} times, and MODEL_RETRIES is {RETRIES}",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings


async def stall_before_first_token(stage: Stage) -> list[Finding]:
    """A model that takes a question and says nothing is given up, and its connection closed."""
    notes = Notes("stall_before_first_token", "bound the time until the first token")
    stage.models.plan(FIRST, breaks("stalls"))
    told, mark = await _asked(stage, "silence")
    _expect_fallback(notes, told, "a first model that says nothing")
    await _expect_left(notes, stage, mark)
    notes.expect(
        holds=told.seconds < FIRST_TOKEN_SECONDS * (RETRIES + 1) + MARGIN_SECONDS,
        message=f"a silent model is waited for {told.seconds:.1f} s",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings


async def stall_after_first_token(stage: Stage) -> list[Finding]:
    """A model that falls silent in the middle: what it wrote is taken back, and the next begins anew."""
    notes = Notes(
        "stall_after_first_token", "bound the time between tokens; tell a restart, ask the next model"
    )
    stage.models.plan(FIRST, breaks("stalls", HALF))
    told, mark = await _asked(stage, "stalling")
    _expect_restart(notes, told, "a first model that falls silent in the middle")
    await _expect_left(notes, stage, mark)
    notes.expect(
        holds=told.seconds < BETWEEN_TOKENS_SECONDS + FIRST_TOKEN_SECONDS + MARGIN_SECONDS,
        message=f"a model that fell silent is waited for {told.seconds:.1f} s",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings


async def cut_stream(stage: Stage) -> list[Finding]:
    """A stream that is cut, or that ends without the provider's end, is no answer: another begins anew."""
    notes = Notes("cut_stream", "take an answer for whole only with the provider's own end")
    stage.models.plan(FIRST, breaks("cut", HALF))
    _expect_restart(notes, (await _asked(stage, "cutting"))[0], "a stream that is cut")
    stage.models.plan(FIRST, breaks("unfinished", HALF))
    _expect_restart(notes, (await _asked(stage, "ending"))[0], "a stream without its end")
    return notes.findings


async def malformed_answers(stage: Stage) -> list[Finding]:
    """An event that is no JSON ends the model's answer, and another begins anew."""
    notes = Notes("malformed_answers", "take what cannot be read for a failure of the model")
    stage.models.plan(FIRST, breaks("malformed", HALF))
    _expect_restart(notes, (await _asked(stage, "malformed"))[0], "an event that is no JSON")
    return notes.findings


async def wrong_schema(stage: Stage) -> list[Finding]:
    """JSON that no provider sends is no answer: the next model is asked."""
    notes = Notes("wrong_schema", "take an answer of another shape for a failure of the model")
    stage.models.plan(FIRST, breaks("wrong_schema"))
    _expect_fallback(notes, (await _asked(stage, "shape"))[0], "a first model that sends another shape")
    return notes.findings


async def refusal_told(stage: Stage) -> list[Finding]:
    """A refusal is told as one, is not asked for again, and the passages are quoted instead."""
    notes = Notes("refusal_told", "tell a refusal as the problem `refused`, and quote")
    for model, question in ((FIRST, "refusal"), (SECOND, "declining")):
        stage.models.plan(FIRST, refuses() if model == FIRST else fails(500))
        stage.models.plan(SECOND, refuses())
        told, mark = await _asked(stage, question, second=refuses())
        notes.expect(
            holds=told.problems == ["refused"] and told.outcome == "quoted",
            message="a model that will not answer is not told as a refusal with quotes",
            where=ASKED,
            seen=told.seen,
        )
        tries = len(stage.since(mark, model))
        notes.expect(
            holds=tries == 1,
            message=f"a model that will not answer is asked {tries} times",
            where=ASKED,
            seen=told.seen,
        )
    return notes.findings


async def endless_output_ended(stage: Stage) -> list[Finding]:
    """A model that writes without end is stopped at the most tokens an answer may have."""
    notes = Notes(
        "endless_output_ended", "count what comes, whatever the provider was asked for; close the call"
    )
    stage.models.plan(FIRST, never_ends("and so on"))
    told, mark = await _asked(stage, "endless")
    notes.expect(
        holds="too_long" in told.problems and told.outcome in ("incomplete", "quoted"),
        message="an answer without end is not told as too long",
        where=ASKED,
        seen=told.seen[:300],
    )
    pieces = len(told.named("token"))
    notes.expect(
        holds=pieces <= 2 * MOST_TOKENS and told.seconds < TOTAL_SECONDS + MARGIN_SECONDS,
        message=f"{pieces} pieces in {told.seconds:.1f} s, where {MOST_TOKENS} tokens are the most",
        where=ASKED,
        seen=told.seen[:300],
    )
    await _expect_left(notes, stage, mark)
    asked_for = [
        call.body.get("max_completion_tokens", call.body.get("max_tokens")) for call in stage.since(mark)
    ]
    notes.expect(
        holds=all(most == MOST_TOKENS for most in asked_for),
        message="the provider is not told the most tokens that an answer may have",
        where=ASKED,
        seen=asked_for,
    )
    return notes.findings


async def all_models_down_quotes(stage: Stage) -> list[Finding]:
    """With every model down the caller is told so, and gets the passages' own words."""
    notes = Notes("all_models_down_quotes", "tell the problem `unavailable`, and quote the passages")
    stage.models.plan(FIRST, fails(500))
    told, _ = await _asked(stage, "outage", second=fails(529))
    notes.expect(
        holds=told.problems == ["unavailable"] and told.outcome == "quoted",
        message="an outage of every model is not told as one, with quotes",
        where=ASKED,
        seen=told.seen,
    )
    expect_citations(notes, told)
    return notes.findings


async def broken_off_told(stage: Stage) -> list[Finding]:
    """Where answers are not begun anew, one that broke off says so and keeps what was written."""
    notes = Notes("broken_off_told", "tell the problem `incomplete` and the outcome `incomplete`")
    stage.models.plan(FIRST, breaks("cut", HALF))
    told, mark = await _asked(stage, "breaking off")
    notes.expect(
        holds=told.problems == ["incomplete"] and told.outcome == "incomplete" and HALF in told.text,
        message="with MODEL_AFTER_FIRST_TOKEN=incomplete a broken answer is not told as incomplete",
        where=ASKED,
        seen=told.seen,
    )
    notes.expect(
        holds=not stage.since(mark, SECOND),
        message="with MODEL_AFTER_FIRST_TOKEN=incomplete another model is asked after the first token",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings


def expect_citations(notes: Notes, told: Told) -> None:
    """Note an answer without citations, or with one whose words do not stand in its passage."""
    notes.expect(holds=bool(told.citations), message="an answer cites nothing", where=ASKED, seen=told.seen)
    for number, quote in told.citations:
        notes.expect(
            holds=bool(quote) and quote in told.passages.get(number, ""),
            message="a citation names words that its passage does not have",
            where=ASKED,
            seen=(quote, told.passages.get(number)),
        )


async def _asked(stage: Stage, subject: str, second: Script | None = None) -> tuple[Told, int]:
    """Ask what no other probe asks, with the second model well unless told; return the mark before it too."""
    stage.models.plan(SECOND, second or answers(FALLBACK))
    asker = await stage.asker("failing")
    mark = stage.mark()
    return await asker.ask(f"Who pays for repairs, with regard to {subject}?"), mark


def _expect_fallback(notes: Notes, told: Told, what: str) -> None:
    notes.expect(
        holds=told.outcome == "answered" and said(told.text) == said(FALLBACK) and not told.problems,
        message=f"after {what} the second does not answer",
        where=ASKED,
        seen=told.seen,
    )
    used = [event.text("model") for event in told.named("usage")]
    notes.expect(
        holds=len(used) == 1 and SECOND in used[0],
        message="the usage does not name the model that answered",
        where=ASKED,
        seen=told.seen,
    )


def _expect_restart(notes: Notes, told: Told, what: str) -> None:
    before = [event.name for event in told.named("token", "restart")]
    notes.expect(
        holds=before.count("restart") == 1 and before.index("restart") > 0,
        message=f"{what} does not end in a restart of the answer",
        where=ASKED,
        seen=told.seen,
    )
    _expect_fallback(notes, told, what)


async def _expect_left(notes: Notes, stage: Stage, mark: int) -> None:
    for call in stage.since(mark, FIRST):
        notes.expect(
            holds=await left(call, MARGIN_SECONDS),
            message="the call to a model that was given up goes on",
            where=ASKED,
            seen=f"{call.used} after {call.ended_at - call.at if call.ended_at else -1:.1f} s",
        )
