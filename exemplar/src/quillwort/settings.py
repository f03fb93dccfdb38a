"""Every setting of this service, read from the environment, one section an adapter."""

from dataclasses import dataclass

from quillwort.adapters.identity.settings import AuthSettings
from quillwort.adapters.limits.settings import RateLimitSettings
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.document_settings import DocumentSettings
from quillwort.entrypoints.grpc.settings import GrpcSettings
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.logs import LogSettings
from quillwort.kit.settings import ProcessSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One field a section."""

    auth: AuthSettings
    database: DatabaseSettings
    documents: DocumentSettings
    grpc: GrpcSettings
    http: HttpSettings
    log: LogSettings
    process: ProcessSettings
    rate_limit: RateLimitSettings
