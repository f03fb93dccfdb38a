"""What a caller is told when language models fail, dawdle, ramble or cost too much."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import (
    model_answers,
    model_bounds,
    model_budget,
    model_context,
    model_evidence,
    model_failure,
    model_removal,
    model_rewording,
    model_safety,
    model_usage,
)
from architect.verify.stage import Stage, staged

FAILING: Final[Mapping[str, Check[Stage]]] = {
    "rate_limit_honoured": Check(model_failure.rate_limit_honoured),
    "server_error_falls_back": Check(model_failure.server_error_falls_back),
    "stall_before_first_token": Check(model_failure.stall_before_first_token),
    "stall_after_first_token": Check(model_failure.stall_after_first_token),
    "cut_stream": Check(model_failure.cut_stream),
    "malformed_answers": Check(model_failure.malformed_answers),
    "wrong_schema": Check(model_failure.wrong_schema),
    "refusal_told": Check(model_failure.refusal_told),
    "endless_output_ended": Check(model_failure.endless_output_ended),
    "all_models_down_quotes": Check(model_failure.all_models_down_quotes),
}
ANSWERING: Final[Mapping[str, Check[Stage]]] = {
    "answers_with_model": Check(model_answers.answers_with_model),
    "unsupported_told": Check(model_evidence.unsupported_told),
    "abstention_told": Check(model_evidence.abstention_told),
    "heartbeat_sent": Check(model_answers.heartbeat_sent, applies.rest),
    "resume_continues": Check(model_answers.resume_continues, applies.rest),
    "stopped_when_asked": Check(model_answers.stopped_when_asked, applies.rest),
    "same_question_asked_once": Check(model_answers.same_question_asked_once),
    "broken_answer_never_cached": Check(model_answers.broken_answer_never_cached),
    "rewordings_guarded": Check(model_rewording.rewordings_guarded, applies.rewording),
    "others_answers_hidden": Check(
        model_answers.others_answers_hidden, applies.all_of(applies.identity, applies.rest)
    ),
    "replaced_from_answers": Check(model_removal.replaced_from_answers),
    "removed_from_answers": Check(model_removal.removed_from_answers, applies.rest),
    "instructions_cached": Check(model_bounds.instructions_cached),
    "feedback_kept": Check(model_answers.feedback_kept, applies.rest),
    "usage_told": Check(model_usage.usage_told, applies.rest),
    "others_usage_hidden": Check(
        model_usage.others_usage_hidden, applies.all_of(applies.identity, applies.rest)
    ),
    "answers_never_html": Check(model_safety.answers_never_html, applies.rest),
    "instructions_in_documents_are_data": Check(model_safety.instructions_in_documents_are_data),
}
BUDGETED: Final[Mapping[str, Check[Stage]]] = {
    "budget_never_exceeded": Check(model_budget.budget_never_exceeded),
    "money_never_exceeded": Check(model_budget.money_never_exceeded),
}
TUNED: Final[Mapping[str, Check[Stage]]] = {
    "client_gone_stops_model": Check(model_answers.client_gone_stops_model),
    "broken_off_told": Check(model_failure.broken_off_told),
    "breaker_opens": Check(model_budget.breaker_opens),
    "dawdling_answer_ended": Check(model_bounds.dawdling_answer_ended),
    "answers_take_turns": Check(model_bounds.answers_take_turns),
    "old_answers_made_anew": Check(model_bounds.old_answers_made_anew),
    "context_bounded": Check(model_context.context_bounded),
    "personal_data_redacted": Check(model_safety.personal_data_redacted),
    "huge_cost_settled": Check(model_budget.huge_cost_settled),
}
"""Last of them the one that leaves nothing of the budget."""
TUNING: Final = {
    **model_budget.BREAKING,
    **model_context.BOUNDED,
    **model_safety.REDACTED,
    **model_bounds.LIMITED,
    "ASSISTANT_RESUME_SECONDS": "0",
    "MODEL_AFTER_FIRST_TOKEN": "incomplete",
    "MODEL_DAILY_TOKENS_PER_OWNER": "1000000",
}


@gate(
    "model_failure",
    title="Answers survive language models that fail, and stay within their budget",
    checks=(*FAILING, *ANSWERING, *BUDGETED, *TUNED),
    needs=("service",),
    seconds=240.0,
    applies=applies.language_model,
)
async def run(bench: Bench) -> None:
    """Ask services whose models are scripted, in four settings at once."""
    await asyncio.gather(
        run_checks(bench, FAILING, staged),
        run_checks(bench, ANSWERING, staged),
        run_checks(bench, BUDGETED, partial(staged, settings=model_budget.BUDGETED)),
        run_checks(bench, TUNED, partial(staged, settings=TUNING)),
    )
