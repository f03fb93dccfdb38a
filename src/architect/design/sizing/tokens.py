"""Tokens of a question, and what they cost by each model."""

from dataclasses import dataclass
from typing import Final

from architect.design.assistant import FROM_PASSAGES
from architect.design.case import Case, once
from architect.design.sizing.corpus import Passages, asked, passages, tokens_per_document
from architect.design.tables import LanguageModel

DAYS_A_MONTH: Final = 730 / 24
"""A month of 730 hours, as everywhere in the prices."""
STRONGEST: Final = "gpt-4.1"
EXTRACTIVE: Final = "extractive"


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens of one question: instructions, the question itself, its context, the answer."""

    prompt: float
    question: float
    context: float
    answer: float

    @property
    def read(self) -> float:
        """Tokens that the model reads."""
        return self.prompt + self.question + self.context

    @property
    def told(self) -> str:
        """The sum in words."""
        return (
            f"{self.prompt:,.0f} of instructions + {self.question:,.0f} of the question + "
            f"{self.context:,.0f} of context in, {self.answer:,.0f} out"
        )


@once
def spent(case: Case) -> Spent:
    """Return the tokens of one question."""
    if asked(case).tasks.isdisjoint(FROM_PASSAGES):
        context = tokens_per_document(case)
    else:
        context = context_tokens(case, passages(case))
    return Spent(
        prompt=case.number("prompt.tokens"),
        question=case.number("question.tokens"),
        context=context,
        answer=case.number("answer.tokens"),
    )


def context_tokens(case: Case, cut: Passages) -> float:
    """Return the tokens of the passages that are packed for a question."""
    return cut.tokens * case.number("context.passages")


def writer(case: Case) -> LanguageModel | None:
    """Return the chosen language model; None for none, the strongest known for a name without figures."""
    name = case.choice("language_model")
    if name in {"", EXTRACTIVE}:
        return None
    models = case.tables.language_models
    return models.get(name, models[STRONGEST])


def questions_a_month(case: Case) -> float:
    """Return the questions of a month."""
    return asked(case).questions_per_day * DAYS_A_MONTH


def question_usd(case: Case, model: LanguageModel) -> float:
    """Return what one question's tokens cost by a model, in USD."""
    tokens = spent(case)
    return (tokens.read * model.input_usd + tokens.answer * model.output_usd) / 1e6


def month_usd(case: Case, model: LanguageModel) -> float:
    """Return what a month's tokens cost by a model, in USD."""
    return question_usd(case, model) * questions_a_month(case)


def models_usd(case: Case) -> float:
    """Return what a month's tokens cost by the chosen model, in USD; 0 without one of a provider."""
    chosen = writer(case)
    return 0.0 if chosen is None or chosen.own else month_usd(case, chosen)


def wrong_usd(case: Case, share: float) -> float:
    """Return what a month's wrong answers cost whoever believes them, in USD.

    Args:
        case: the situation.
        share: the share of the answers that are wrong, or more of them than otherwise.
    """
    minutes = questions_a_month(case) * share * case.number("answer.wrong_minutes")
    return minutes / 60 * case.number("people.hour_usd")


def lost_usd(case: Case, ndcg: float) -> float:
    """Return what a month of searches that are worse by so much nDCG@10 costs, in USD."""
    return wrong_usd(case, ndcg * case.number("answer.per_ndcg"))
