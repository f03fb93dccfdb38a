"""What is tried to find where a decision would turn: numbers by their ladders, and names."""

from collections.abc import Mapping
from typing import Final

from architect.design.paths import INTERFACES


def _doubling(least: float, most: float, factor: float = 2) -> tuple[float, ...]:
    values = [least]
    while values[-1] < most:
        values.append(values[-1] * factor)
    return tuple(values)


LADDERS: Final[Mapping[str, tuple[float, ...]]] = {
    "load.requests_per_second": _doubling(0.1, 500_000),
    "load.read_share": (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0),
    "load.concurrent_users": (0.0, *_doubling(1, 4_000_000)),
    "load.latency.milliseconds": _doubling(1, 4000),
    "load.availability": (90.0, 95.0, 98.0, 99.0, 99.5, 99.8, 99.9, 99.93, 99.95, 99.97, 99.99, 99.999),
    "data.records": _doubling(100, 1e10),
    "data.gigabytes": _doubling(0.1, 100_000),
    "deployment.regions": (1.0, 2.0, 3.0),
    "team.developers": (1.0, 2.0, 3.0, 5.0, 8.0, 16.0, 50.0),
    "budget.infrastructure_usd_per_month": _doubling(5, 20_000),
}
"""The values of each number between which a change is looked for."""

ASSISTANT_LADDERS: Final[Mapping[str, tuple[float, ...]]] = {
    "assistant.documents": _doubling(10, 1e9, 4),
    "assistant.pages_per_document": _doubling(0.1, 5000, 4),
    "assistant.changes_per_day": _doubling(1, 1e8, 4),
    "assistant.searchable_within_minutes": _doubling(0.1, 10_000, 4),
    "assistant.questions_per_day": _doubling(1, 1e7, 4),
    "assistant.first_token_milliseconds": _doubling(50, 100_000, 1.6),
    "assistant.quality": (0.0, 0.5, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0),
    "budget.llm_usd_per_month": _doubling(1, 300_000, 4),
}
"""The same for what is asked of an assistant, where one is wanted."""

WEIGHTIEST: Final = ("load.requests_per_second", "load.concurrent_users", "load.availability")
"""Numbers that are tried again with a wish left out."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "security.tenancy": ("single", "multi"),
    INTERFACES: ("rest", "grpc", "rest, grpc", "rest, events"),
    "workflows": ("checkout",),
    "deployment.target": ("kubernetes", "compose", "vm", "serverless"),
    "deployment.cloud": ("aws", "gcp", "azure", "hetzner", "on_premises"),
    "security.authentication": ("jwt", "oidc", "api_key", "mtls", "none"),
    "team.knows": ("postgresql", "mysql", "mongodb", "kubernetes", "litestar", "flask", "django"),
    "prefer.framework": ("fastapi", "litestar", "flask", "django"),
    "prefer.database": ("postgresql", "mysql", "mongodb", "sqlite", "dynamodb"),
    "prefer.cache": ("none", "http", "redis"),
    "prefer.broker": ("nats", "rabbitmq", "kafka"),
}
"""Names that are tried, those that say most about the world first, plain wishes last."""

ASSISTANT_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "assistant.data_stays": ("anywhere", "eu", "own_servers"),
    "assistant.access": ("everyone", "groups"),
    "assistant.languages": ("en", "de", "en, de"),
    "assistant.formats": ("pdf", "text"),
    "integrations": ("vectors:qdrant", "search:opensearch"),
    "prefer.answer_cache": ("semantic_guarded", "exact", "none"),
    "prefer.vector_store": ("pgvector", "sqlite", "qdrant"),
    "prefer.embedding_model": ("all-minilm-l6-v2", "multilingual-e5-small", "text-embedding-3-small"),
    "prefer.language_model": ("gpt-4.1", "mistral-small", "llama-3.1-8b", "extractive"),
}
"""The same for an assistant, where one is wanted."""

UNSET: Final[Mapping[str, float]] = {
    "budget.infrastructure_usd_per_month": 1e9,
    "budget.llm_usd_per_month": 1e9,
    "assistant.quality": 0.0,
}
"""What a number comes to that nobody stated and that is not assumed: no limit, no target."""
