"""Briefs of assistants for the tests of this folder."""

from collections.abc import Mapping

from briefs import Value, brief

from architect.design.engine import choices
from architect.model.brief import Brief

QUESTION: Mapping[str, Value] = {"assistant.tasks": ("question_answering",)}
CONTRACTS: Mapping[str, Value] = {
    **QUESTION,
    "assistant.documents": 250_000,
    "assistant.questions_per_day": 3000.0,
    "assistant.streaming": True,
    "budget.llm_usd_per_month": 1500.0,
    "deployment.target": "compose",
    "prefer.database": "postgresql",
}


def assistant(values: Mapping[str, Value] | None = None) -> Brief:
    """The contracts of the issue, with some values changed or added."""
    return brief({**CONTRACTS, **(values or {})})


def chosen(decision: str, values: Mapping[str, Value] | None = None) -> str:
    """What is chosen for the contracts with some values changed."""
    return choices(assistant(values))[decision]
