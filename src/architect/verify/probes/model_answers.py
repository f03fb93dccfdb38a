"""Answers of a model: streamed, cited, kept, shared, continued, and stopped when nobody reads them."""

import asyncio
from typing import Final

import httpx

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.conversation import Told
from architect.verify.doors import parsed
from architect.verify.models.script import Script, answers, breaks, tokens
from architect.verify.probes.model_failure import ASKED, HALF, expect_citations
from architect.verify.scene import STRANGER
from architect.verify.stage import (
    ANSWER,
    FACT,
    FALLBACK,
    FIRST,
    HEARTBEAT_SECONDS,
    LEASE,
    SECOND,
    Stage,
    left,
    said,
)

PACE_SECONDS: Final = 0.05
SLOW_SECONDS: Final = 0.15
"""Between tokens of an answer that is still under way when the last of many has asked."""
THINKING_SECONDS: Final = 1.0
"""How long a model takes for its first token where the wait is looked at."""
GONE_SECONDS: Final = 2.0
"""How long a model may go on writing after the last reader went."""
READERS: Final = 10
READ_BEFORE: Final = 3
"""Tokens that a reader has when the connection is lost."""
LONG: Final = f"{ANSWER} " + " ".join(f"Remark {number}." for number in range(30))
MADE_UP: Final = "The moon pays for repairs. [7]"


async def answers_with_model(stage: Stage) -> list[Finding]:
    """The model's words come as it writes them, with what they rest on and what they took."""
    notes = Notes("answers_with_model", "ask the first model of MODEL_CHAIN and tell its tokens as they come")
    stage.models.plan(FIRST, answers(ANSWER, pace_seconds=PACE_SECONDS), answers(MADE_UP))
    asker = await stage.asker("reader")
    mark = stage.mark()
    told = await asker.ask("Who pays for repairs of the roof?")
    notes.expect(
        holds=told.outcome == "answered" and said(told.text) == said(ANSWER) and not told.problems,
        message="a question is not answered in the model's words",
        where=ASKED,
        seen=told.seen,
    )
    expect_citations(notes, told)
    pieces = told.named("token")
    lasted = PACE_SECONDS * len(tokens(ANSWER))
    notes.expect(
        holds=len(pieces) > 1 and told.events[-1].at - pieces[0].at > lasted / 2,
        message=f"the first token of an answer that takes {lasted:.1f} s to write is held back",
        where=ASKED,
        seen=told.seen,
    )
    _expect_usage(notes, stage, told, mark)
    made_up = await asker.ask("Who pays for repairs of the moon?")
    notes.expect(
        holds=all(quote in made_up.passages.get(number, "") for number, quote in made_up.citations),
        message="a source that the model made up is told as a citation",
        where=ASKED,
        seen=made_up.seen,
    )
    return notes.findings


def _expect_usage(notes: Notes, stage: Stage, told: Told, mark: int) -> None:
    calls = stage.since(mark)
    used = told.named("usage")
    notes.expect(
        holds=len(calls) == 1
        and len(used) == 1
        and (used[0].count("input_tokens"), used[0].count("output_tokens"))
        == (calls[0].used.read, calls[0].used.written),
        message="the usage event does not say what the provider says",
        where=ASKED,
        seen=([call.used for call in calls], [dict(event.data) for event in used]),
    )


async def heartbeat_sent(stage: Stage) -> list[Finding]:
    """While the model says nothing, a sign of life keeps proxies from closing the connection."""
    notes = Notes("heartbeat_sent", "send a comment line when nothing was told for HTTP_HEARTBEAT_SECONDS")
    stage.models.plan(FIRST, answers(ANSWER, first_seconds=THINKING_SECONDS))
    told = await (await stage.reader("waiting")).ask("Who pays for repairs while one waits?")
    first = told.named("token")[0].at if told.named("token") else told.began
    notes.expect(
        holds=any(at < first for at in told.heartbeats),
        message=f"no comment line comes in {THINKING_SECONDS} s without a token, "
        f"and HTTP_HEARTBEAT_SECONDS is {HEARTBEAT_SECONDS}",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings


async def resume_continues(stage: Stage) -> list[Finding]:
    """Who comes back with the last event's id gets exactly what follows, of the same answer."""
    notes = Notes("resume_continues", "keep the events of an answer, and continue after Last-Event-ID")
    stage.models.plan(FIRST, answers(LONG, pace_seconds=PACE_SECONDS / 2))
    asker = await stage.reader("traveller")
    mark = stage.mark()
    begun = await asker.ask(
        "Who pays for repairs on a journey?", lambda told: len(told.named("token")) == READ_BEFORE
    )
    where = "GET /v1/answers/{id}/events"
    if not notes.expect(
        holds=bool(begun.key) and bool(begun.events[-1].id),
        message="an answer has no Location, or its events no id",
        where=ASKED,
        seen=(dict(begun.headers), begun.seen),
    ):
        return notes.findings
    rest = await asker.resume(begun.key, begun.events[-1].id)
    numbers = [event.number for event in (*begun.events, *rest.events)]
    notes.expect(
        holds=numbers == list(range(numbers[0], numbers[0] + len(numbers))),
        message="who comes back misses events, or gets some twice",
        where=where,
        seen=(rest.status, numbers),
    )
    notes.expect(
        holds=said(begun.text + rest.text) == said(LONG) and rest.outcome == "answered",
        message="what was told before and after coming back is not the whole answer",
        where=where,
        seen=rest.seen,
    )
    notes.expect(
        holds=[call.abandoned for call in stage.since(mark)] == [False],
        message="the model is asked again, or stopped, when a reader is away for a moment",
        where=where,
        seen=len(stage.since(mark)),
    )
    kept = await asker.send("GET", f"/v1/answers/{begun.key}")
    notes.expect(
        holds=kept.status_code == httpx.codes.OK and "Remark 29." in kept.text,
        message="an answer that was told cannot be read again",
        where="GET /v1/answers/{id}",
        seen=f"{kept.status_code} {kept.text[:200]}",
    )
    return notes.findings


async def client_gone_stops_model(stage: Stage) -> list[Finding]:
    """When the only reader goes, and none may come back, the model's call is ended."""
    notes = Notes("client_gone_stops_model", "close the model's call when nobody reads the answer")
    stage.models.plan(FIRST, Script(tokens(LONG), "endless", pace_seconds=PACE_SECONDS))
    asker = await stage.asker("leaver")
    mark = stage.mark()
    await asker.ask("Who pays for repairs when one leaves?", lambda told: bool(told.named("token")))
    await _expect_ended(notes, stage, mark, "nobody reads the answer")
    return notes.findings


async def stopped_when_asked(stage: Stage) -> list[Finding]:
    """Who does not want the rest says so, and the model's call is ended."""
    notes = Notes("stopped_when_asked", "end the answer and the model's call on DELETE /v1/answers/{id}")
    stage.models.plan(FIRST, Script(tokens(LONG), "endless", pace_seconds=PACE_SECONDS))
    asker = await stage.reader("impatient")
    mark = stage.mark()
    begun = await asker.ask("Who pays for repairs in haste?", lambda told: bool(told.named("token")))
    ended = await asker.send("DELETE", f"/v1/answers/{begun.key}")
    notes.expect(
        holds=ended.is_success,
        message="an answer cannot be stopped",
        where="DELETE /v1/answers/{id}",
        seen=f"{ended.status_code} {ended.text[:200]}",
    )
    await _expect_ended(notes, stage, mark, "it was stopped")
    return notes.findings


async def _expect_ended(notes: Notes, stage: Stage, mark: int, why: str) -> None:
    calls = stage.since(mark)
    notes.expect(
        holds=len(calls) == 1 and await left(calls[0], GONE_SECONDS),
        message=f"the model goes on writing for more than {GONE_SECONDS:g} s though {why}",
        where=ASKED,
        seen=[call.used for call in calls],
    )


async def same_question_asked_once(stage: Stage) -> list[Finding]:
    """Equal questions at once are one call, a later one none, and a changed document makes it anew."""
    notes = Notes(
        "same_question_asked_once", "share a call under way, and keep whole answers by all they rest on"
    )
    stage.models.plan(FIRST, answers(ANSWER, pace_seconds=SLOW_SECONDS))
    asker = await stage.asker("chorus")
    question, mark = "Who pays for repairs, they all ask?", stage.mark()
    together = await asyncio.gather(*(asker.ask(question) for _ in range(READERS)))
    notes.expect(
        holds=len(stage.since(mark)) == 1,
        message=f"{READERS} equal questions at once are {len(stage.since(mark))} calls to models",
        where=ASKED,
        seen=[told.seen for told in together[:2]],
    )
    notes.expect(
        holds=all(said(told.text) == said(ANSWER) and told.outcome == "answered" for told in together),
        message="not everybody who asked the same gets the same answer",
        where=ASKED,
        seen=[told.seen for told in together if said(told.text) != said(ANSWER)][:2],
    )
    mark = stage.mark()
    again = await asker.ask(question)
    notes.expect(
        holds=not stage.since(mark) and said(again.text) == said(ANSWER) and _cached(again),
        message="a question that was answered is not answered again from the cache",
        where=ASKED,
        seen=again.seen,
    )
    expect_citations(notes, again)
    changed = await stage.asker("chorus", LEASE.replace("200", "300"))
    await changed.ask(question)
    notes.expect(
        holds=len(stage.since(mark)) == 1,
        message="after its document changed, a question is answered from the cache",
        where=ASKED,
        seen=len(stage.since(mark)),
    )
    return notes.findings


async def broken_answer_never_cached(stage: Stage) -> list[Finding]:
    """What broke off, or no passage supports, is asked anew by the next who wants to know."""
    notes = Notes("broken_answer_never_cached", "keep whole answers alone that passages support")
    stage.models.plan(FIRST, breaks("unfinished", HALF))
    stage.models.plan(SECOND, breaks("cut", HALF))
    asker = await stage.asker("second")
    question = "Who pays for repairs after a breakdown?"
    broken = await asker.ask(question)
    notes.expect(
        holds=broken.problems == ["unavailable"] and broken.outcome in ("quoted", "incomplete"),
        message="an answer that broke off in every model is not told as a failure",
        where=ASKED,
        seen=broken.seen,
    )
    stage.models.plan(FIRST, answers(ANSWER))
    mark = stage.mark()
    whole = await asker.ask(question)
    notes.expect(
        holds=len(stage.since(mark)) == 1 and said(whole.text) == said(ANSWER) and not _cached(whole),
        message="after a broken answer the same question is not asked anew",
        where=ASKED,
        seen=whole.seen,
    )
    stage.models.plan(FIRST, answers(MADE_UP), answers(ANSWER))
    question = "Who pays for repairs out of thin air?"
    await asker.ask(question)
    mark = stage.mark()
    supported = await asker.ask(question)
    notes.expect(
        holds=len(stage.since(mark)) == 1 and said(supported.text) == said(ANSWER),
        message="after an answer that no passage supports the same question is not asked anew",
        where=ASKED,
        seen=supported.seen,
    )
    return notes.findings


async def others_answers_hidden(stage: Stage) -> list[Finding]:
    """Nobody reads, stops or rates somebody else's answer, nor gets it from the cache."""
    notes = Notes(
        "others_answers_hidden", "put the owner into every read of answers, and into the cache's key"
    )
    stage.models.plan(FIRST, answers(ANSWER), answers(FALLBACK))
    owner, stranger = await stage.reader("keeper"), await stage.reader(STRANGER)
    question = "Who pays for repairs in secret?"
    told = await owner.ask(question)
    path = f"/v1/answers/{told.key}"
    attempts: tuple[tuple[str, str, Plain], ...] = (
        ("GET", path, None),
        ("GET", f"{path}/events", None),
        ("DELETE", path, None),
        ("PUT", f"{path}/feedback", {"helpful": True}),
    )
    for method, each, body in attempts:
        answer = await stranger.send(method, each, body)
        notes.expect(
            holds=answer.status_code == httpx.codes.NOT_FOUND and FACT not in answer.text,
            message="somebody else's answer is not hidden",
            where=f"{method} {each.replace(told.key, '{id}')}",
            seen=f"{answer.status_code} {answer.text[:200]}",
        )
    mark = stage.mark()
    theirs = await stranger.ask(question)
    notes.expect(
        holds=len(stage.since(mark)) == 1 and not _cached(theirs),
        message="a question is answered from what somebody else was told",
        where=ASKED,
        seen=theirs.seen,
    )
    return notes.findings


async def feedback_kept(stage: Stage) -> list[Finding]:
    """What the asker thinks of an answer is kept with it."""
    notes = Notes("feedback_kept", "keep feedback with the answer")
    stage.models.plan(FIRST, answers(ANSWER))
    asker = await stage.reader("critic")
    told = await asker.ask("Who pays for repairs, if at all?")
    path = f"/v1/answers/{told.key}"
    sent = await asker.send("PUT", f"{path}/feedback", {"helpful": False, "comment": "It was about cats."})
    kept = await asker.send("GET", path)
    notes.expect(
        holds=sent.is_success and "It was about cats." in kept.text,
        message="feedback is refused, or not kept",
        where="PUT /v1/answers/{id}/feedback",
        seen=f"{sent.status_code} {sent.text[:200]}; {kept.status_code} {kept.text[:300]}",
    )
    unknown = await asker.send("PUT", f"{path}/feedback", {"helpful": "perhaps"})
    notes.expect(
        holds=unknown.status_code == httpx.codes.UNPROCESSABLE_ENTITY,
        message="feedback that says neither yes nor no is taken",
        where="PUT /v1/answers/{id}/feedback",
        seen=f"{unknown.status_code} {parsed(unknown)}",
    )
    return notes.findings


def _cached(told: Told) -> bool:
    used = told.named("usage")
    return bool(used) and used[-1].data.get("cached") is True
