"""What a design holds that this version does not write yet: one plain sentence each."""

from collections.abc import Iterator
from typing import Final

from architect.build.choices import ANSWERING
from architect.build.embedders import BUILT_IN, SERVED
from architect.build.language_models import PROVIDERS, QUOTING
from architect.build.language_models import SERVED as WRITING
from architect.model.brief import Brief, Integration
from architect.model.design import Design

_ASSISTANT: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    # decision: (what this version writes, and in other words what is there instead of another)
    "answer_cache": (("none", "exact", "semantic_guarded"), "the same question is answered once"),
    "chunking": (("structure",), "documents are cut along their own structure"),
    "context_packing": (("best", "neighbours"), "passages are packed with their neighbours at most"),
    "embedding_model": (
        (BUILT_IN, *SERVED),
        "all-MiniLM-L6-v2 embeds, or what EMBEDDING_URL leads to and speaks as OpenAI does",
    ),
    "evaluation": (
        ("shipped_questions", "judged_questions"),
        "`make evaluate` has a model judge the answers to judged questions, not a sample of everyday ones",
    ),
    "prompt_injection": (("data_only",), "passages are delimited as data"),
    "streaming_protocol": (("sse", "grpc_stream"), "answers come as streams of events"),
    "vector_store": (("pgvector", "sqlite", "qdrant"), "vectors are kept in PostgreSQL by pgvector"),
}
WRITTEN_TASKS: Final = frozenset({"question_answering", "search"})

_DECIDED: Final[dict[tuple[str, str], str]] = {
    (
        "cache",
        "http",
    ): "Cache: no Cache-Control headers and no copies in the process are written yet; ETags are.",
    ("cache", "redis"): "Cache: the cache in Redis is not written yet; every read goes to PostgreSQL.",
    (
        "consistency",
        "row_locks",
    ): "Consistency: row locks are not written yet; versions refuse the later change.",
    (
        "consistency",
        "serializable",
    ): "Consistency: serializable transactions are not written yet; versions refuse the later change.",
    ("consistency", "outbox"): "Consistency: the outbox is not written yet; no events leave the service.",
    ("consistency", "saga"): "Consistency: sagas are not written yet; each operation changes one row.",
    (
        "database_topology",
        "read_replicas",
    ): "Database: reads are not spread over replicas yet; everything goes to DATABASE_URL.",
    ("identity", "api_key"): "Identity: API keys are not written yet; callers present JWTs instead.",
    ("identity", "mtls"): "Identity: client certificates are not checked yet; callers present JWTs instead.",
    (
        "observability",
        "traces",
    ): "Observability: traces are not written yet; metrics, logs and health checks are.",
    (
        "process_model",
        "workers",
    ): "Processes: one process a replica is written; more load means more replicas.",
    (
        "process_model",
        "separate",
    ): "Processes: one process serves both; `python -m <package> api` and `grpc` start them apart.",
    (
        "rate_limiting",
        "gateway",
    ): "Rate limits: the gateway's configuration is not written; the service counts in each process.",
    (
        "tenancy",
        "schema_per_tenant",
    ): "Tenancy: tenants share tables, each row with its tenant; no schema each yet.",
    (
        "tenancy",
        "database_per_tenant",
    ): "Tenancy: tenants share tables, each row with its tenant; no database each yet.",
}


def remainder(design: Design) -> tuple[str, ...]:
    """Return a sentence for everything that the design decided and the project is written without."""
    decided = (_DECIDED.get((decision.name, decision.choice)) for decision in design.decisions)
    return (
        *(said for said in decided if said),
        *_messaging(design),
        *_wished(design.brief),
        *_assistant(design),
    )


def _messaging(design: Design) -> Iterator[str]:
    for decision in design.decisions:
        if decision.name == "messaging" and decision.choice != "none":
            yield f"Events: {decision.chosen.title} is not connected yet; the service publishes nothing."


def _wished(brief: Brief) -> Iterator[str]:
    services = [service for service in brief.services if service.entities]
    if len(services) > 1:
        names = " and ".join(service.name.value for service in services if service.name)
        yield f"Services: {names} are written as one service; several in one repository are not written yet."
    calls = sorted({call.value for service in brief.services for call in service.calls})
    if calls:
        yield f"Calls: no client for {', '.join(calls)} is written yet."
    if any(interface.value == "events" for service in brief.services for interface in service.interfaces):
        yield "Events: the interface is not written yet; REST or gRPC are."
    left = [fact.value for fact in brief.integrations if not _is_written(brief, fact.value)]
    if left:
        names = ", ".join(integration.product or integration.name for integration in left)
        yield f"Integrations: no adapter for {names} is written yet."
    if brief.workflows:
        names = ", ".join(fact.value.name for fact in brief.workflows)
        yield f"Workflows: {names} are not written yet."


def _unnamed_model(name: str) -> Iterator[str]:
    if name != QUOTING and name not in WRITING:
        yield (
            f"Language model: {name} is not written into MODEL_CHAIN, which deployments leave empty; name it "
            "there as `provider:model`, its price in MODEL_PRICES. Until then the best passages are quoted."
        )


def _is_written(brief: Brief, integration: Integration) -> bool:
    """Return whether an outside system is a provider of models that an assistant's settings lead to."""
    asked = ANSWERING & {fact.value for fact in brief.assistant.tasks}
    return bool(asked) and integration.name == "models" and integration.product in PROVIDERS


def _assistant(design: Design) -> Iterator[str]:
    wanted = [fact.value for fact in design.brief.assistant.tasks]
    if not wanted:
        return
    if ANSWERING & {*wanted}:
        for decision in design.decisions:
            written, instead = _ASSISTANT.get(decision.name, ((decision.choice,), ""))
            if decision.choice not in written:
                yield f"{decision.title}: {decision.chosen.title} is not written yet; {instead}."
        yield from _unnamed_model(design.chosen("language_model") or QUOTING)
    database = design.brief.prefer.database
    if database and database.provenance == "inferred" and design.chosen("vector_store") == "sqlite":
        yield "Data store: records are kept in PostgreSQL; the SQLite file keeps passages and vectors alone."
    if design.chosen("document_access") == "groups" and design.chosen("identity") == "none":
        yield "Access to documents: without identity everybody is one caller, who belongs to no group."
    if others := [task.replace("_", " ") for task in wanted if task not in WRITTEN_TASKS]:
        yield f"Assistant: {' and '.join(others)} {'is' if len(others) == 1 else 'are'} not written yet."
