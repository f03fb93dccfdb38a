"""Every setting of this service, read from the environment, one section an adapter."""

from dataclasses import dataclass

from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.adapters.identity.settings import AuthSettings
from quillwort.adapters.limits.settings import RateLimitSettings
from quillwort.adapters.models.settings import ModelSettings, ProviderSettings
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.adapters.reranking.settings import RerankSettings
from quillwort.assistant.answer_settings import AnswerSettings
from quillwort.assistant.document_settings import DocumentSettings
from quillwort.assistant.generation.settings import GenerationSettings
from quillwort.assistant.ranking_settings import RetrievalSettings
from quillwort.entrypoints.grpc.settings import GrpcSettings
from quillwort.entrypoints.metrics.port import MetricsPortSettings
from quillwort.entrypoints.rest.assistant.settings import StreamSettings
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.logs import LogSettings
from quillwort.kit.metrics import MetricsSettings
from quillwort.kit.settings import ProcessSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One field a section."""

    answers: AnswerSettings
    auth: AuthSettings
    database: DatabaseSettings
    documents: DocumentSettings
    embedding: EmbeddingSettings
    generation: GenerationSettings
    grpc: GrpcSettings
    http: HttpSettings
    log: LogSettings
    metrics: MetricsSettings
    metrics_port: MetricsPortSettings
    model: ModelSettings
    process: ProcessSettings
    providers: ProviderSettings
    rate_limit: RateLimitSettings
    rerank: RerankSettings
    retrieval: RetrievalSettings
    streams: StreamSettings
