"""GRPC_*: where gRPC listens and what it lets callers use up."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class GrpcSettings(Section):
    """How gRPC is served; sizes are bytes, times are seconds."""

    model_config = SettingsConfigDict(env_prefix="GRPC_")

    host: str = "127.0.0.1"
    port: int = Field(default=50051, ge=0, le=65535)
    max_message_bytes: int = Field(default=1 << 20, ge=1024)
    max_metadata_bytes: int = Field(default=16 << 10, ge=4096)
    max_concurrent_streams: int = Field(default=1000, ge=1)
    max_concurrent_calls: int = Field(default=1000, ge=1)
    max_deadline_seconds: float = Field(default=30.0, gt=0)
    max_stream_seconds: float = Field(default=120.0, gt=0)
    keepalive_seconds: float = Field(default=60.0, gt=0)
    keepalive_timeout_seconds: float = Field(default=20.0, gt=0)
    min_ping_interval_seconds: float = Field(default=30.0, gt=0)
    max_connection_age_seconds: float = Field(default=1800.0, gt=0)
    health_interval_seconds: float = Field(default=5.0, gt=0)
