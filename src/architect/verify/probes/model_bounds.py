"""What bounds models: answers that take turns, come to an end and grow old, instructions read once."""

import asyncio
import json
from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.models.script import answers, fails
from architect.verify.polling import becomes
from architect.verify.probes.model_failure import ASKED
from architect.verify.stage import ANSWER, BETWEEN_TOKENS_SECONDS, FALLBACK, FIRST, SECOND, Stage, left

TURNS: Final = 4
ASKERS: Final = 3 * TURNS
WRITING_SECONDS: Final = 0.4
WHOLE_SECONDS: Final = 5.0
MARGIN_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 0.2
"""Between questions that a kept answer may still answer."""
AGEING: Final = "Who pays for repairs?"
DAWDLING: Final = answers("The tenant, " + "well, " * 12, pace_seconds=BETWEEN_TOKENS_SECONDS / 2)
"""Never silent for too long, and not at an end for three times as long as an answer may take."""
KEPT_SECONDS: Final = 1.0
_SECONDS_A_DAY: Final = 86_400
LIMITED: Final = {
    "MODEL_CACHE_DAYS": f"{KEPT_SECONDS / _SECONDS_A_DAY:.9f}",
    "MODEL_MAX_CONCURRENT": str(TURNS),
    "MODEL_TOTAL_TIMEOUT_SECONDS": str(WHOLE_SECONDS),
}


async def instructions_cached(stage: Stage) -> list[Finding]:
    """A provider that keeps what it has read where it is asked to is asked to keep the instructions."""
    notes = Notes("instructions_cached", "mark the instructions for Anthropic's prompt cache")
    stage.models.plan(FIRST, fails(500))
    stage.models.plan(SECOND, answers(FALLBACK))
    asker, mark = await stage.asker("thrifty"), stage.mark()
    told = await asker.ask("Who pays for repairs, and who is told so twice?")
    calls = stage.since(mark, SECOND)
    asked = [
        {key: call.body[key] for key in ("system", "cache_control") if key in call.body} for call in calls
    ]
    notes.expect(
        holds=bool(calls) and all("cache_control" in json.dumps(each) for each in asked),
        message="the instructions are not marked for the provider's cache",
        where=ASKED,
        seen=asked or told.seen,
    )
    return notes.findings


async def dawdling_answer_ended(stage: Stage) -> list[Finding]:
    """A model that writes on, if slowly, is stopped when an answer has taken as long as it may."""
    notes = Notes("dawdling_answer_ended", "bound the whole of an answer by MODEL_TOTAL_TIMEOUT_SECONDS")
    stage.models.plan(FIRST, DAWDLING)
    asker, mark = await stage.asker("waiting"), stage.mark()
    told = await asker.ask("Who pays for repairs, and who has time to wait?")
    notes.expect(
        holds=told.outcome == "incomplete" and told.seconds < WHOLE_SECONDS + MARGIN_SECONDS,
        message=f"an answer ends after {told.seconds:.1f} s, and {WHOLE_SECONDS:g} may pass",
        where=ASKED,
        seen=told.seen,
    )
    for call in stage.since(mark):
        notes.expect(
            holds=await left(call, MARGIN_SECONDS),
            message="the call of a model whose answer was ended is not closed",
            where=ASKED,
        )
    return notes.findings


async def answers_take_turns(stage: Stage) -> list[Finding]:
    """One process has no more answers written at once than was set; the others wait, and are answered."""
    notes = Notes("answers_take_turns", "have MODEL_MAX_CONCURRENT turns, and wait for one")
    stage.models.plan(FIRST, answers(ANSWER, first_seconds=WRITING_SECONDS))
    asker, mark = await stage.asker("crowd"), stage.mark()
    every = await asyncio.gather(
        *(asker.ask(f"Who pays for repairs, asks caller {n}?") for n in range(ASKERS))
    )
    calls = stage.since(mark)
    most = max((sum(other.at <= call.at < other.ended_at for other in calls) for call in calls), default=0)
    notes.expect(
        holds=0 < most <= TURNS and all(told.outcome == "answered" for told in every),
        message=f"{most} answers are written at once, and {TURNS} may be; or one that waits is not written",
        where=ASKED,
        seen=[told.outcome for told in every],
    )
    return notes.findings


async def old_answers_made_anew(stage: Stage) -> list[Finding]:
    """An answer that was kept for longer than was set is not given again: a model is asked anew."""
    notes = Notes("old_answers_made_anew", "give no answer again that is older than MODEL_CACHE_DAYS")
    stage.models.plan(FIRST, answers(ANSWER))
    asker, mark = await stage.asker("patient"), stage.mark()
    told = await asker.ask(AGEING)
    made = len(stage.since(mark))
    notes.expect(
        holds=told.outcome == "answered" and made == 1,
        message="a question is not answered by one call to a model",
        where=ASKED,
        seen=told.seen,
    )

    async def anew() -> bool:
        nonlocal told
        told = await asker.ask(AGEING)
        return len(stage.since(mark)) > made

    notes.expect(
        holds=await becomes(anew, KEPT_SECONDS + MARGIN_SECONDS, PAUSE_SECONDS),
        message=f"an answer is given again from the cache {KEPT_SECONDS + MARGIN_SECONDS:g} s after it was "
        f"made, and {KEPT_SECONDS:g} s were set",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings
