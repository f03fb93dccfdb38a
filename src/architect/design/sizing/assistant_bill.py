"""The machines of an assistant, for the bill: its index, its own model, the cores that embed and rerank."""

from collections.abc import Iterator

from architect.design.case import Case
from architect.design.sizing.bill import Item
from architect.design.sizing.corpus import changed_tokens, embedder, embedding_usd
from architect.design.sizing.serving import on_cards, on_cores
from architect.design.sizing.store import store_usd
from architect.design.sizing.streams import peak, reranking_ms


def assistant_items(case: Case) -> Iterator[Item]:
    """Yield the lines of the bill that an assistant adds; tokens are paid from another budget."""
    if case.choice("vector_store"):
        usd, told = store_usd(case)
        yield Item("passages and vectors", usd, told)
        usd, told = embedding_usd(case, embedder(case), changed_tokens(case))
        if case.choice("embedding_model") != "none" and usd:
            yield Item("embedding", usd, told)
    if case.choice("reranking") == "cross_encoder":
        busy = peak(case) * reranking_ms(case) / 1000
        yield Item("reranking", case.compute_usd(busy), f"{busy:.2g} cores at the peak")
    serving = {"vllm": on_cards, "llama_cpp": on_cores}.get(case.choice("model_serving"))
    if serving:
        made = serving(case)
        yield Item("language model server", made.usd, made.because)
