"""Questions at the peak, streams that are open then, and the time to the first and the last token."""

from dataclasses import dataclass
from typing import Final

from architect.design.case import Case, once
from architect.design.sizing.corpus import asked, embedder, embedding_ms
from architect.design.sizing.index import search_ms
from architect.design.sizing.queueing import poisson_quantile
from architect.design.sizing.tokens import spent
from architect.design.tables import LanguageModel

SECONDS_AN_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Wait:
    """Milliseconds until the first token and until the last one, and how the first is made up."""

    first_ms: float
    last_ms: float
    because: str


def peak(case: Case) -> float:
    """Return the questions of a second in the busiest hour."""
    return asked(case).questions_per_day * case.number("question.peak_share") / SECONDS_AN_HOUR


def question_ms(case: Case) -> float:
    """Return the milliseconds until the question has its vector."""
    if case.choice("retrieval") == "keyword":
        return 0.0
    return embedding_ms(case, embedder(case), case.number("question.tokens"))


def reranking_ms(case: Case, way: str = "") -> float:
    """Return the milliseconds that reranking adds, on one core where it is ours."""
    way = way or case.choice("reranking", "none")
    if way == "provider":
        return case.number("rerank.provider_milliseconds")
    if way != "cross_encoder":
        return 0.0
    pair = case.number("chunk.small") + case.number("question.tokens")
    encoder = case.tables.embedding_models["all-minilm-l6-v2"]
    return case.number("rerank.candidates") * embedding_ms(case, encoder, pair)


def wait(case: Case, model: LanguageModel | None) -> Wait:
    """Return how long one question takes; without a model the passages are the answer."""
    first, told = _before_the_model(case)
    if model is None:
        return Wait(first, first, told)
    first += model.first_token_ms
    last = first + spent(case).answer / model.tokens_per_second * 1000
    return Wait(first, last, f"{told} + {model.first_token_ms:,.0f} until {model.title} begins")


@once
def _before_the_model(case: Case) -> tuple[float, str]:
    if not case.choice("retrieval"):
        return 0.0, "nothing is searched"
    vector, search, rerank = question_ms(case), search_ms(case), reranking_ms(case)
    told = f"{vector:,.0f} ms for the question's vector, {search:,.0f} of search, {rerank:,.0f} of reranking"
    return vector + search + rerank, told


def open_streams(case: Case, seconds: float) -> tuple[float, int]:
    """Return the streams that are open at the peak, on average by Little's law and at most by Poisson."""
    mean = peak(case) * seconds
    return mean, max(1, poisson_quantile(mean, case.number("size.pool_quantile")))
