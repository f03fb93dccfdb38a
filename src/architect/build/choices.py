"""Design -> what this version writes of it, and what it cannot write yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from architect.build.entity.normalise import Named
from architect.model.design import Design
from architect.model.errors import InputError

Identity = Literal["jwt", "none"]
Counting = Literal["memory", "redis"]
Deployment = Literal["kubernetes", "compose", "vm"]
VectorStore = Literal["pgvector", "sqlite", "qdrant"]
Fusion = Literal["convex", "reciprocal_rank", "keyword", "dense"]
Readers = Literal["owner", "everyone"]

ANSWERING: Final = frozenset({"question_answering", "search", "chat"})
"""Tasks of an assistant that rest on documents that are searched."""

_DEPLOYMENTS: Final[dict[str, Deployment]] = {"kubernetes": "kubernetes", "compose": "compose", "vm": "vm"}
_VECTOR_STORES: Final[dict[str, VectorStore]] = {
    "pgvector": "pgvector",
    "sqlite": "sqlite",
    "qdrant": "qdrant",
}
_FUSIONS: Final[dict[str, Fusion]] = {
    "hybrid_convex": "convex",
    "hybrid_rrf": "reciprocal_rank",
    "keyword": "keyword",
    "dense": "dense",
}
_WRITTEN: Final[dict[str, tuple[tuple[str, ...], str, str]]] = {
    # decision: (what this version writes, what to change otherwise)
    "framework": (("fastapi", "grpcio"), "FastAPI", "prefer.framework: fastapi"),
    "datastore": (("postgresql",), "PostgreSQL", "prefer.database: postgresql"),
    "deployment": (
        tuple(_DEPLOYMENTS),
        "Kubernetes, Compose and virtual machines",
        "deployment.target: compose",
    ),
}
_IN_A_FILE: Final = "; prefer.vector_store: sqlite keeps passages and vectors in a file"


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that decides which files a project has; predicates of blocks read nothing else."""

    rest: bool = True
    grpc: bool = True
    identity: Identity = "jwt"
    counting: Counting = "redis"
    deployment: Deployment = "kubernetes"
    shared_entities: bool = False
    """Whether some entity is nobody's own."""

    all_shared: bool = False
    """Whether every entity is nobody's own."""

    states: bool = True
    """Whether some entity has states."""

    multi_tenant: bool = False
    assistant: bool = False
    """Whether documents are kept, searched and asked."""

    vector_store: VectorStore = "pgvector"
    neighbours: bool = False
    """Whether a passage is packed with those beside it."""

    fusion: Fusion = "convex"
    """How the halves of a search are joined, or which one is asked alone."""

    readers: Readers = "owner"
    """For whom a document is that names no readers."""

    language_model: bool = False
    """Whether answers are written by a language model; else the best passages are quoted."""

    rewording: bool = False
    """Whether kept answers serve the same question in other words."""

    metrics: bool = False
    """Whether counters and durations are served to Prometheus."""


def choices(design: Design, entities: Sequence[Named]) -> Choices:
    """Return what is written of a design.

    Raises:
        InputError: the design rests on something that this version cannot write.
    """
    assistant = any(fact.value in ANSWERING for fact in design.brief.assistant.tasks)
    for decision, (known, title, mend) in _WRITTEN.items():
        chosen = _chosen(design, decision, known[0])
        if chosen not in known:
            raise InputError(
                f"{chosen} cannot be written yet; this version writes {title}",
                where=decision,
                mend=f"state {mend}{_IN_A_FILE if assistant and chosen == 'sqlite' else ''}",
            )
    interfaces = _chosen(design, "interface_style", "both")
    language_model = assistant and _chosen(design, "language_model", "extractive") != "extractive"
    if assistant:
        _refuse_file_that_moves(design)
    return Choices(
        rest=interfaces in {"rest", "both"},
        grpc=interfaces in {"grpc", "both"},
        identity="none" if _chosen(design, "identity", "jwt") == "none" else "jwt",
        counting="redis" if _chosen(design, "rate_limiting", "redis") == "redis" else "memory",
        deployment=_DEPLOYMENTS[_chosen(design, "deployment", "kubernetes")],
        shared_entities=any(not entity.owned for entity in entities),
        all_shared=not any(entity.owned for entity in entities),
        states=any(entity.states for entity in entities),
        multi_tenant=_chosen(design, "tenancy", "single").endswith(("_tables", "_tenant")),
        assistant=assistant,
        vector_store=_VECTOR_STORES.get(_chosen(design, "vector_store", "pgvector"), "pgvector"),
        neighbours=_chosen(design, "context_packing", "best") == "neighbours",
        fusion=_FUSIONS.get(_chosen(design, "retrieval", "hybrid_convex"), "convex"),
        readers="everyone" if design.chosen("document_access") == "everyone" else "owner",
        language_model=language_model,
        rewording=language_model and _chosen(design, "answer_cache", "exact") == "semantic_guarded",
        metrics=assistant or _chosen(design, "observability", "logs") != "logs",
    )


def _refuse_file_that_moves(design: Design) -> None:
    moves = _chosen(design, "deployment", "kubernetes") == "kubernetes"
    if moves and design.chosen("vector_store") == "sqlite":
        raise InputError(
            "documents in one SQLite file need a disk that stays; Kubernetes moves replicas between machines",
            where="vector_store",
            mend="state prefer.vector_store: pgvector, or deployment.target: compose",
        )


def _chosen(design: Design, name: str, default: str) -> str:
    return design.chosen(name) or default
