"""What models may cost, and models that are left alone: budgets under many callers, huge bills, breakers."""

import asyncio
import itertools
import json
from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.conversation import Told
from architect.verify.models.script import answers, costs, fails
from architect.verify.polling import becomes
from architect.verify.probes.model_failure import ASKED
from architect.verify.stage import ANSWER, FALLBACK, FIRST, SECOND, Stage, said

BUDGET: Final = 8_000
"""Tokens a day for each owner: some questions, and fifty ask."""
ASKERS: Final = 50
THINKING_SECONDS: Final = 4.0
"""Until the first token: longer than it takes all of them to ask, so that nothing is settled before."""
HUGE: Final = 10_000_000
FAILURES: Final = 3
OPEN_SECONDS: Final = 2.0
USD_PER_OWNER: Final = 2_500
USD: Final = 5_000
FREE_AND_DEAR: Final = {FIRST: {"input": 0, "output": 0}, SECOND: {"input": 0, "output": 1_000_000}}
"""US dollars for a million tokens: each that the second model writes costs one."""
BUDGETED: Final = {
    "MODEL_DAILY_TOKENS_PER_OWNER": str(BUDGET),
    "MODEL_DAILY_USD_PER_OWNER": str(USD_PER_OWNER),
    "MODEL_DAILY_USD": str(USD),
    "MODEL_PRICES": json.dumps(FREE_AND_DEAR),
    "MODEL_FIRST_TOKEN_TIMEOUT_SECONDS": str(2 * THINKING_SECONDS),
    "MODEL_TOTAL_TIMEOUT_SECONDS": str(4 * THINKING_SECONDS),
}
BREAKING: Final = {"MODEL_BREAKER_FAILURES": str(FAILURES), "MODEL_BREAKER_SECONDS": str(OPEN_SECONDS)}
MOST_QUESTIONS: Final = 2 * FAILURES
MARGIN_SECONDS: Final = 3.0


async def budget_never_exceeded(stage: Stage) -> list[Finding]:
    """Fifty at once spend no more than the day's tokens; who comes too late gets quotes, and is told why."""
    notes = Notes("budget_never_exceeded", "reserve the worst a call may cost before it, in one statement")
    stage.models.plan(FIRST, answers(ANSWER, first_seconds=THINKING_SECONDS))
    stage.models.plan(SECOND, answers(FALLBACK, first_seconds=THINKING_SECONDS))
    asker = await stage.asker("spender")
    mark = stage.mark()
    every = await asyncio.gather(*(asker.ask(f"Who pays for repairs of flat {n}?") for n in range(ASKERS)))
    costs_each = [call.used.read + call.used.written for call in stage.since(mark)]
    notes.expect(
        holds=sum(costs_each) <= BUDGET + max(costs_each, default=0),
        message=f"{sum(costs_each):,} tokens were used, and {BUDGET:,} are a day's budget",
        where=ASKED,
        seen=f"{len(costs_each)} calls",
    )
    late = [told for told in every if told.outcome != "answered"]
    notes.expect(
        holds=0 < len(late) < ASKERS,
        message=f"of {ASKERS} callers {len(late)} found the budget spent, and some should, but not all",
        where=ASKED,
        seen=[told.seen for told in every[:2]],
    )
    notes.expect(
        holds=all(_quoted_for_budget(told) for told in late),
        message="a caller who comes too late is not given quotes and the problem `budget_exhausted`",
        where=ASKED,
        seen=next((told.seen for told in late if not _quoted_for_budget(told)), ""),
    )
    return notes.findings


async def money_never_exceeded(stage: Stage) -> list[Finding]:
    """Who has spent a day's dollars is given quotes, and so is everybody once all have spent theirs."""
    notes = Notes(
        "money_never_exceeded", "reserve and settle a call's dollars as its tokens, for one and for all"
    )
    stage.models.plan(FIRST, fails(500))
    for owner, dollars, late, budget in (
        ("magnate", 3_000, "magnate", "MODEL_DAILY_USD_PER_OWNER"),
        ("heiress", 2_200, "pauper", "MODEL_DAILY_USD"),
    ):
        stage.models.plan(SECOND, costs(FALLBACK, input_tokens=10, output_tokens=dollars))
        first = await (await stage.asker(owner)).ask(f"Who pays for repairs, the {owner} asks?")
        notes.expect(
            holds=first.outcome == "answered",
            message="a question is not answered though its owner has spent nothing yet",
            where=ASKED,
            seen=first.seen,
        )
        asker = await stage.asker(late)
        mark = stage.mark()
        second = await asker.ask("Who pays for repairs of the flat?")
        notes.expect(
            holds=not stage.since(mark) and _quoted_for_budget(second),
            message=f"with what {budget} allows spent, a question is sent to a model all the same",
            where=ASKED,
            seen=second.seen,
        )
    return notes.findings


async def huge_cost_settled(stage: Stage) -> list[Finding]:
    """A bill beyond all that was reserved is settled as it is: it is told, and the next question waits."""
    notes = Notes("huge_cost_settled", "settle with what the provider says, however much was reserved")
    stage.models.plan(FIRST, costs(ANSWER, input_tokens=HUGE, output_tokens=HUGE))
    stage.models.plan(SECOND, answers(FALLBACK))
    asker = await stage.asker("heir")
    first = await asker.ask("Who pays for repairs of a palace?")
    used = sum(event.count("input_tokens") + event.count("output_tokens") for event in first.named("usage"))
    notes.expect(
        holds=first.outcome == "answered" and used == 2 * HUGE,
        message="an answer with a huge bill is not told with it",
        where=ASKED,
        seen=first.seen,
    )
    mark = stage.mark()
    second = await asker.ask("Who pays for repairs of a castle?")
    notes.expect(
        holds=not stage.since(mark) and _quoted_for_budget(second),
        message="after a huge bill the next question is sent to a model all the same",
        where=ASKED,
        seen=second.seen,
    )
    return notes.findings


async def breaker_opens(stage: Stage) -> list[Finding]:
    """A model that failed again and again is not asked for a while, and then it is tried again."""
    notes = Notes(
        "breaker_opens", "stop asking a model after MODEL_BREAKER_FAILURES, for MODEL_BREAKER_SECONDS"
    )
    stage.models.plan(FIRST, answers(ANSWER), fails(500))
    stage.models.plan(SECOND, answers(FALLBACK))
    asker = await stage.asker("breaker")
    await asker.ask("Who pays for repairs, to begin with?")  # what failed before is forgotten then
    mark = stage.mark()
    told = [await asker.ask(f"Who pays for repairs, try {n}?") for n in range(MOST_QUESTIONS)]
    calls = stage.since(mark, FIRST)
    waits = [later.at - sooner.at for sooner, later in itertools.pairwise(calls[FAILURES - 1 :])]
    notes.expect(
        holds=len(calls) >= FAILURES and all(seconds >= OPEN_SECONDS for seconds in waits),
        message=f"a model that failed {FAILURES} times is asked again before {OPEN_SECONDS:g} s, "
        "or not so often at all",
        where=ASKED,
        seen=f"{len(calls)} calls by {MOST_QUESTIONS} questions, then after {waits} s",
    )
    notes.expect(
        holds=all(each.outcome == "answered" for each in told),
        message="while one model is left alone the next does not answer",
        where=ASKED,
        seen=[each.seen for each in told if each.outcome != "answered"][:1],
    )
    stage.models.plan(FIRST, answers(ANSWER))
    asked = 0

    async def answers_again() -> bool:
        nonlocal asked
        asked += 1
        again = await asker.ask(f"Who pays for repairs, later {asked}?")
        return said(again.text) == said(ANSWER)

    notes.expect(
        holds=await becomes(answers_again, OPEN_SECONDS + MARGIN_SECONDS),
        message=f"a model that works again is not asked after {OPEN_SECONDS + MARGIN_SECONDS:g} s, "
        f"and MODEL_BREAKER_SECONDS is {OPEN_SECONDS:g}",
        where=ASKED,
        seen=f"{asked} questions",
    )
    return notes.findings


def _quoted_for_budget(told: Told) -> bool:
    return told.problems == ["budget_exhausted"] and told.outcome == "quoted" and bool(told.citations)
