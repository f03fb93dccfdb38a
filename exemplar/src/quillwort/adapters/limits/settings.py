"""RATE_LIMIT_*: how much each principal may ask."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class RateLimitSettings(Section):
    """How many requests in how many seconds, and the URL of where they are counted.

    `memory://` counts in this process, so that the limit holds for each process apart.
    """

    model_config = SettingsConfigDict(env_prefix="RATE_LIMIT_")

    requests: int = Field(default=600, ge=1)
    window_seconds: int = Field(default=60, ge=1)
    storage_url: str = Field(default="memory://", pattern=r"^(memory|redis|rediss)://")

    @property
    def scheme(self) -> str:
        """What kind of storage it is."""
        return self.storage_url.partition(":")[0]
