"""The probes of failing models find nothing in a service that does well, and each lack in another."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from model_service import ModelService

from architect.model.brief import Brief
from architect.model.brief import Service as Wanted
from architect.model.fact import Fact
from architect.model.report import Finding
from architect.verify import askers
from architect.verify.gates.model_failure import ANSWERING, BUDGETED, FAILING, TUNED
from architect.verify.issuer import Issuer
from architect.verify.models.server import scripted
from architect.verify.payloads import Payloads
from architect.verify.probes.model_bounds import KEPT_SECONDS, TURNS, WHOLE_SECONDS
from architect.verify.probes.model_budget import (
    BUDGET,
    FAILURES,
    OPEN_SECONDS,
    THINKING_SECONDS,
    USD,
    USD_PER_OWNER,
)
from architect.verify.probes.model_context import CONTEXT_TOKENS
from architect.verify.readiness import NO_AUTHORITIES
from architect.verify.scene import Scene
from architect.verify.service import Service
from architect.verify.stage import Stage
from architect.verify.subject import Subject

ISSUER = Issuer("http://127.0.0.1:1")
SPOKEN = Brief(services=(Wanted(interfaces=(Fact("rest", "stated", "REST"),)),))
CHECKS = {**FAILING, **ANSWERING, **BUDGETED, **TUNED}
TUNING = {
    "resume": 0,
    "policy": "incomplete",
    "redact": True,
    "context": CONTEXT_TOKENS,
    "kept": KEPT_SECONDS,
    "turns": TURNS,
    "total": WHOLE_SECONDS,
    "failures": FAILURES,
    "seconds": OPEN_SECONDS,
    "budget": 1_000_000,
}
LACKS: list[tuple[str, str]] = [
    ("rate_limit_honoured", "retry_after"),
    ("server_error_falls_back", "fallback"),
    ("stall_before_first_token", "patience"),
    ("stall_after_first_token", "silence"),
    ("cut_stream", "finish"),
    ("malformed_answers", "fallback"),
    ("wrong_schema", "fallback"),
    ("refusal_told", "refusal"),
    ("endless_output_ended", "bound"),
    ("all_models_down_quotes", "told"),
    ("all_models_down_quotes", "citations"),
    ("answers_with_model", "citations"),
    ("answers_with_model", "checked"),
    ("unsupported_told", "support"),
    ("abstention_told", "abstention"),
    ("heartbeat_sent", "heartbeat"),
    ("resume_continues", "resume"),
    ("stopped_when_asked", "stop"),
    ("same_question_asked_once", "flight"),
    ("same_question_asked_once", "cache"),
    ("same_question_asked_once", "versions"),
    ("broken_answer_never_cached", "whole_only"),
    ("broken_answer_never_cached", "supported"),
    ("rewordings_guarded", "rewording"),
    ("rewordings_guarded", "guards"),
    ("rewordings_guarded", "written_for"),
    ("rewordings_guarded", "owner_key"),
    ("rewordings_guarded", "versions"),
    ("others_answers_hidden", "owner"),
    ("replaced_from_answers", "forget"),
    ("removed_from_answers", "gone_too"),
    ("instructions_cached", "prompt_cache"),
    ("feedback_kept", "feedback"),
    ("instructions_in_documents_are_data", "escape"),
    ("instructions_in_documents_are_data", "no_tools"),
    ("answers_never_html", "nosniff"),
    ("budget_never_exceeded", "reserve"),
    ("money_never_exceeded", "own_usd"),
    ("money_never_exceeded", "usd"),
    ("usage_told", "usage"),
    ("others_usage_hidden", "own_usage"),
    ("client_gone_stops_model", "gone"),
    ("broken_off_told", "policy"),
    ("breaker_opens", "breaker"),
    ("answers_take_turns", "turns"),
    ("dawdling_answer_ended", "total"),
    ("old_answers_made_anew", "age"),
    ("context_bounded", "context"),
    ("personal_data_redacted", "redact"),
    ("huge_cost_settled", "settle"),
]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers without end are read for less long than in the gates, whose services may be slow."""
    monkeypatch.setattr(askers, "WHOLE_SECONDS", 2 * THINKING_SECONDS)


def settings(check: str) -> dict[str, Any]:
    if check in TUNED:
        return TUNING
    money = {"usd_per_owner": USD_PER_OWNER, "usd": USD}
    return {"budget": BUDGET, "patience": 2 * THINKING_SECONDS, **money} if check in BUDGETED else {}


def played(
    probe: Callable[[Stage], Awaitable[Any]], without: set[str], given: dict[str, Any]
) -> list[Finding]:
    async def run() -> list[Finding]:
        async with scripted() as models:
            service = ModelService(models, without, given)
            server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            known = cast("Service", type("Known", (), {"issuer": ISSUER, "http_port": port}))
            subject = Subject(Path(), "fake", "fake", SPOKEN)
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}", timeout=10, verify=NO_AUTHORITIES
            ) as client:
                scene = Scene(subject, known, Payloads((), 1), client, None)
                found = list(await asyncio.wait_for(probe(Stage(scene, models)), 40))
            server.close()
            return found

    return asyncio.run(run())


@pytest.mark.parametrize("check", list(CHECKS))
def test_nothing_is_found_where_all_is_well(check: str):
    assert played(CHECKS[check].probe, set(), settings(check)) == []


@pytest.mark.parametrize(("check", "lack"), LACKS)
def test_what_is_missing_is_found(check: str, lack: str):
    found = played(CHECKS[check].probe, {lack}, settings(check))
    assert {finding.check for finding in found} == {check}


def test_every_check_is_tried_with_a_lack():
    assert {check for check, _ in LACKS} == set(CHECKS)
