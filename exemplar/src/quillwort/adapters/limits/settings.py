"""RATE_LIMIT_*: how much each principal may ask."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section, SettingsError

C = TypeVar("C")


class RateLimitSettings(Section):
    """How many requests in how many seconds, and the URL of where they are counted.

    `memory://` counts in this process, so that the limit holds for each process apart.
    """

    model_config = SettingsConfigDict(env_prefix="RATE_LIMIT_")

    requests: int = Field(default=600, ge=1)
    window_seconds: int = Field(default=60, ge=1)
    storage_url: str = Field(default="memory://", pattern=r"^[a-z]+://")

    def chosen(self, counters: Mapping[str, C]) -> C:
        """Return the counter for the URL's scheme.

        Raises:
            SettingsError: when this service has none for it.
        """
        scheme = self.storage_url.partition(":")[0]
        if scheme not in counters:
            known = ", ".join(f"{name}://" for name in counters)
            raise SettingsError([f"RATE_LIMIT_STORAGE_URL: this service counts in {known} alone"])
        return counters[scheme]
