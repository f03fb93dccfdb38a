"""What answers took, as callers are told it by day."""

import re

from architect.model.report import Finding
from architect.verify.askers import RestAsker
from architect.verify.checks import Notes
from architect.verify.models.script import answers
from architect.verify.stage import ANSWER, FIRST, Stage


async def usage_told(stage: Stage) -> list[Finding]:
    """What answers took is told to whoever asked for them, as the providers count it."""
    notes = Notes("usage_told", "settle what the provider counts, and tell it by day at GET /v1/usage")
    stage.models.plan(FIRST, answers(ANSWER))
    asker, mark = await stage.reader("bookkeeper"), stage.mark()
    before = await _counted(asker)
    for number in range(2):
        await asker.ask(f"Who pays for repairs by the books of year {number}?")
    spent = sum(call.used.read + call.used.written for call in stage.since(mark))
    told = await _counted(asker) - before
    notes.expect(
        holds=told == spent > 0,
        message=f"the caller's usage says {told:,} tokens, and the providers say {spent:,}",
        where="GET /v1/usage",
        seen=(await asker.send("GET", "/v1/usage")).text[:500],
    )
    return notes.findings


async def others_usage_hidden(stage: Stage) -> list[Finding]:
    """Nobody is told what somebody else's answers took."""
    notes = Notes("others_usage_hidden", "sum up what the caller's owner took alone at GET /v1/usage")
    stage.models.plan(FIRST, answers(ANSWER))
    spender, auditor = await stage.reader("spender"), await stage.reader("auditor")
    before = await _counted(spender)
    await spender.ask("Who pays for repairs, the spender asks?")
    own, others = await _counted(spender) - before, await _counted(auditor)
    notes.expect(
        holds=own > 0 and others == 0,
        message=f"who has asked nothing is told {others:,} tokens, and who has asked {own:,}",
        where="GET /v1/usage",
        seen=(await auditor.send("GET", "/v1/usage")).text[:500],
    )
    return notes.findings


async def _counted(asker: RestAsker) -> int:
    usage = await asker.send("GET", "/v1/usage")
    return sum(int(count) for count in re.findall(r'"(?:input|output)_tokens":\s*(\d+)', usage.text))
