"""The composition root: the only file that names concrete classes."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp

from quillwort.adapters.answers.postgresql import PostgresqlAnswers
from quillwort.adapters.corpus.moving import PostgresqlMoves
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.corpus.settling import Settling
from quillwort.adapters.embedding.factory import counting, open_embedders
from quillwort.adapters.identity.factory import open_verifier
from quillwort.adapters.ledger.completions import PostgresqlCompletions
from quillwort.adapters.ledger.postgresql import PostgresqlLedger
from quillwort.adapters.limits import memory, redis
from quillwort.adapters.loaders.process import ProcessReader
from quillwort.adapters.metrics.assistant import AssistantMetrics
from quillwort.adapters.metrics.models import ModelMetrics
from quillwort.adapters.models.factory import open_gateway
from quillwort.adapters.postgresql.collector import PostgresqlCollectors
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.location import database_url
from quillwort.adapters.postgresql.specimen import PostgresqlSpecimens
from quillwort.adapters.reranking.factory import open_reranker
from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answering import Answerer
from quillwort.assistant.assistant import Assistant
from quillwort.assistant.gateway.gateway import Gateway
from quillwort.assistant.gateway.usage import UsageService
from quillwort.assistant.generation.generated import Generated
from quillwort.assistant.generation.redaction import REDACTORS
from quillwort.assistant.ingestion import Ingestion
from quillwort.assistant.observation import ObservedSearch
from quillwort.assistant.reembedding import Switching
from quillwort.designed import FUSION, WINDOW
from quillwort.domain.collector_service import CollectorService
from quillwort.domain.services import Services
from quillwort.domain.specimen_service import SpecimenService
from quillwort.entrypoints.cli.command import Command
from quillwort.entrypoints.cli.migrate import Migrate
from quillwort.entrypoints.cli.postgresql_moves import open_moves
from quillwort.entrypoints.cli.reembed import Reembed
from quillwort.entrypoints.cli.token import Token
from quillwort.entrypoints.grpc.assistant.answers import AnswerServicer
from quillwort.entrypoints.grpc.assistant.documents import DocumentServicer
from quillwort.entrypoints.grpc.assistant.questions import QuestionServicer
from quillwort.entrypoints.grpc.assistant.search import SearchServicer
from quillwort.entrypoints.grpc.assistant.usage import UsageServicer
from quillwort.entrypoints.grpc.collector import CollectorServicer
from quillwort.entrypoints.grpc.server import build_server
from quillwort.entrypoints.grpc.specimen import SpecimenServicer
from quillwort.entrypoints.metrics.calls import CallDurations, CallMetrics
from quillwort.entrypoints.metrics.port import open_port
from quillwort.entrypoints.metrics.requests import RequestDurations, RequestMetrics
from quillwort.entrypoints.rest.app import build_app
from quillwort.entrypoints.rest.assistant.answers import AnswerRoutes
from quillwort.entrypoints.rest.assistant.documents import DocumentRoutes
from quillwort.entrypoints.rest.assistant.questions import QuestionRoutes
from quillwort.entrypoints.rest.assistant.search import SearchRoutes
from quillwort.entrypoints.rest.assistant.usage import UsageRoutes
from quillwort.entrypoints.rest.collector import CollectorRoutes
from quillwort.entrypoints.rest.server import RestServer
from quillwort.entrypoints.rest.specimen import SpecimenRoutes
from quillwort.kit.health import Health
from quillwort.kit.identity import Verifier
from quillwort.kit.lifecycle import Server
from quillwort.kit.metrics import Metrics
from quillwort.kit.rate_limit import Counter, RateLimiter
from quillwort.settings import Settings

COMMANDS: Final[Mapping[str, Command]] = {
    "migrate": Migrate(),
    "reembed": Reembed(open_embedders, open_moves),
    "token": Token(),
}

PREPARATIONS: Final[Sequence[Command]] = (COMMANDS["migrate"],)
"""What serving begins with outside production, where a release does it once."""

COUNTERS: Final[Mapping[str, Callable[[str], Counter]]] = {
    "memory": memory.open_counter,
    "redis": redis.open_counter,
    "rediss": redis.open_counter,
}
"""Where hits are counted, by the scheme of RATE_LIMIT_STORAGE_URL."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What servers are built from."""

    settings: Settings
    services: Services
    verifier: Verifier
    limiter: RateLimiter
    health: Health
    answerer: Answerer
    assistant: Assistant
    call_durations: CallDurations
    metrics: Metrics
    models: Gateway
    request_durations: RequestDurations
    usage: UsageService


@asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Open every resource, and close them in the opposite order."""
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        assistant_metrics = AssistantMetrics(metrics)
        await stack.enter_async_context(open_port(metrics, settings.metrics_port))
        model_metrics = ModelMetrics(metrics)
        embedders = await stack.enter_async_context(open_embedders(settings.embedding))
        reranker = await stack.enter_async_context(open_reranker(settings.rerank))
        counter = settings.rate_limit.chosen(COUNTERS)(settings.rate_limit.storage_url)
        stack.push_async_callback(counter.close)
        database = await stack.enter_async_context(
            Database(database_url(settings.database), settings.database)
        )
        corpus, moves = PostgresqlCorpus(database), PostgresqlMoves(database)
        await stack.enter_async_context(Settling(database))
        embedder = Switching(moves, *embedders)
        reader = ProcessReader(counting(settings.embedding))
        ingestion = await stack.enter_async_context(
            Ingestion(corpus, embedder, reader, assistant_metrics)
        )
        ranking = settings.retrieval.ranking(FUSION, WINDOW)
        search = ObservedSearch(corpus, embedder, ranking, assistant_metrics, reranker)
        completions = PostgresqlCompletions(database, settings.model.kept)
        models = await stack.enter_async_context(
            open_gateway(
                settings.model.designed(
                    "mistral:mistral-large-latest,openai:gpt-4.1,anthropic:claude-sonnet-4-5"
                ),
                settings.providers,
                PostgresqlLedger(database),
                completions,
                model_metrics,
            )
        )
        answerer = Generated(
            models, settings.generation.context_tokens, REDACTORS[settings.generation.redact]
        )
        runs = await stack.enter_async_context(
            AnswerRuns(PostgresqlAnswers(database), settings.answers)
        )
        yield Parts(
            settings=settings,
            services=Services(
                collectors=CollectorService(PostgresqlCollectors(database)),
                specimens=SpecimenService(PostgresqlSpecimens(database)),
            ),
            verifier=open_verifier(settings.auth),
            limiter=RateLimiter(
                counter, settings.rate_limit.requests, settings.rate_limit.window_seconds
            ),
            health=Health({"database": database.ping}),
            answerer=answerer,
            assistant=Assistant.over(
                corpus,
                search,
                answerer,
                runs,
                ingestion.wake,
                assistant_metrics,
                settings.documents.for_whom("owner"),
            ),
            call_durations=CallDurations(metrics),
            metrics=metrics,
            models=models,
            request_durations=RequestDurations(metrics),
            usage=UsageService(models),
        )


def grpc_server(parts: Parts) -> Server:
    """Return the server of gRPC."""
    return build_server(
        [
            AnswerServicer(parts.assistant.answers),
            CollectorServicer(parts.services.collectors),
            DocumentServicer(parts.assistant.documents, parts.settings.documents.max_bytes),
            QuestionServicer(parts.assistant.questions, parts.assistant.answers),
            SearchServicer(parts.assistant.search),
            SpecimenServicer(parts.services.specimens),
            UsageServicer(parts.usage),
        ],
        verifier=parts.verifier,
        limiter=parts.limiter,
        health=parts.health,
        settings=parts.settings.grpc,
        around=[CallMetrics(parts.call_durations)],
    )


def rest_app(parts: Parts) -> ASGIApp:
    """Return the application of REST."""
    return RequestMetrics(
        build_app(
            [
                AnswerRoutes(parts.assistant.answers, parts.settings.streams.heartbeat_seconds),
                CollectorRoutes(parts.services.collectors),
                DocumentRoutes(parts.assistant.documents),
                QuestionRoutes(parts.assistant.questions, parts.settings.streams.heartbeat_seconds),
                SearchRoutes(parts.assistant.search),
                SpecimenRoutes(parts.services.specimens),
                UsageRoutes(parts.usage),
            ],
            verifier=parts.verifier,
            limiter=parts.limiter,
            health=parts.health,
            settings=parts.settings.http,
            bodies={("POST", "/v1/documents"): parts.settings.documents.max_bytes},
        ),
        parts.metrics,
        parts.request_durations,
        parts.settings.metrics,
    )


def rest_server(parts: Parts) -> Server:
    """Return the server of REST."""
    return RestServer(rest_app(parts), parts.settings.http)


SERVERS: Final[Mapping[str, Callable[[Parts], Server]]] = {"grpc": grpc_server, "http": rest_server}

MODES: Final[Mapping[str, tuple[str, ...]]] = {
    "all": ("grpc", "http"),
    "api": ("http",),
    "grpc": ("grpc",),
}
"""Which servers each way to run has; all of one process share one event loop."""
