"""reranking: found passages read again together with the question, by a server where one is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Egress
from architect.build.contributions.documents import Neighbour, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.python import Import, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution


@dataclass(frozen=True, slots=True)
class Served:
    """A reranker behind an address.

    Args:
        model: what its server calls it.
        url: a provider's address, or an example of where an own server may be.
        own: whether the server is the user's own, and no key is needed.
    """

    model: str
    url: str
    own: bool = False


SERVED: Final[Mapping[str, Served]] = {
    # by the design's name; Cohere's address and model from its API reference, "Rerank API (v2)"
    "cross_encoder": Served("cross-encoder/ms-marco-MiniLM-L6-v2", "http://reranker:8000/v1", own=True),
    "provider": Served("rerank-v3.5", "https://api.cohere.com/v2"),
}
OWN_SECONDS: Final = "5"
"""What is waited for a model on cores of one's own: twice what the design computes for 30 passages."""
_CHOOSING: Final = (
    "Without `RERANK_URL` the search's own order stands. With it the first 30 passages are put in the order"
    " of a model that reads each together with the question, by Cohere's `POST /rerank`, which Jina, vLLM and"
    " llama.cpp speak too; what speaks to it is `requirements/embedding.txt`. It is given every question and"
    " the passages that were found for it. When it fails, or needs more than `RERANK_TIMEOUT_SECONDS`, the"
    " search's own order stands, for this question and for the next 5 seconds; passages whose score has"
    " `reranked` were put in order by it. `make evaluate` measures searches with and without it."
)
_OWN: Final = (
    " The design chose a model of yours: `vllm serve {model}` runs it, and then `RERANK_URL` is"
    " `http://localhost:8000/v1`. No such server was tried before this was written."
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    served = SERVED.get(scene.design.chosen("reranking") or "")
    yield _variables(served)
    yield Operation(86, "Reranking", _CHOOSING + _how(served))
    if served is not None:
        spoken = "questions and passages" if served.own else "questions and passages, HTTPS"
        yield Neighbour(46, "reranker", '["Reranker"]', spoken)
        yield Egress(93, 8000 if served.own else 443, "reranker" if served.own else "HTTPS (reranker)")
    yield Section("rerank", "adapters.reranking.settings", "RerankSettings")
    yield Import("from quillwort.adapters.reranking.factory import open_reranker")
    yield Resource(
        # Before the search, which is given it.
        "reranker",
        ("reranker = await stack.enter_async_context(open_reranker(settings.rerank))",),
        place=46,
    )


def _how(served: Served | None) -> str:
    return _OWN.format(model=served.model) if served is not None and served.own else ""


def _variables(served: Served | None) -> VariableGroup:
    """Return the settings; deployments are given those of what the design chose."""
    address = Variable("RERANK_URL", "", "where the server is; empty: the search's own order stands")
    model = Variable("RERANK_MODEL", "", "what the server calls the model")
    if served:
        # Where an own server is nobody knows but its owner, and a guess would be asked in vain.
        address = replace(address, production="chosen" if served.own else "tuned", value=served.url)
        model = replace(model, production="tuned", value=served.model)
    return VariableGroup(
        91,
        "Reranking: the server that reads question and passage together; without an address nothing does",
        (
            address,
            model,
            Variable(
                "RERANK_API_KEY",
                "",
                "the key, if the server asks for one",
                production="secret" if served and not served.own else "",
                compose="${RERANK_API_KEY:-}",
                optional=True,
            ),
            _patience(served),
        ),
    )


def _patience(served: Served | None) -> Variable:
    waits = Variable("RERANK_TIMEOUT_SECONDS", "1", "how long a search waits before its own order stands")
    return replace(waits, production="tuned", value=OWN_SECONDS) if served and served.own else waits


BLOCKS.add(
    "reranking",
    Block(
        title="Reranking",
        selected=lambda choices: choices.assistant,
        files=("src/quillwort/adapters/reranking/*.py", "tests/assistant/reranking/*.py"),
        contribute=_contribute,
    ),
)
