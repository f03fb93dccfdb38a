"""What providers of models are paid a month: for answers, for vectors, for reranking."""

from collections.abc import Iterator

from architect.design.case import Case
from architect.design.sizing.bill import Item
from architect.design.sizing.corpus import changed_tokens, embedder
from architect.design.sizing.tokens import DAYS_A_MONTH, models_usd, questions_a_month


def provider_items(case: Case) -> Iterator[Item]:
    """Yield what each provider is paid by use; nothing where the design asks none."""
    if case.needs.assistant is None:
        return
    if tokens := models_usd(case):
        yield Item("language model", tokens, "tokens")
    model = embedder(case)
    if case.choice("retrieval") and case.choice("embedding_model") != "none" and not model.own:
        usd = changed_tokens(case) * DAYS_A_MONTH * model.usd / 1e6
        yield Item("embedding", usd, "tokens of changed documents")
    if case.choice("reranking") == "provider":
        usd = questions_a_month(case) / 1000 * case.price("rerank_thousand")
        yield Item("reranking", usd, "searches")


def providers_usd(case: Case) -> float:
    """Return what all providers are paid a month, in USD."""
    return sum(item.usd for item in provider_items(case))
