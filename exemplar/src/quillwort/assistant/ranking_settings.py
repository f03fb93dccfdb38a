"""RETRIEVAL_*: how passages are found and ranked."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.assistant.fusion import DEFAULT_ALPHA
from quillwort.assistant.ranking import Fusion, Ranking
from quillwort.kit.settings import Section


class RetrievalSettings(Section):
    """What `make evaluate ARGS=tune` fits to a corpus, and what decides between ways to search.

    Without `fusion` or `window` those that the service was designed with hold.
    """

    model_config = SettingsConfigDict(env_prefix="RETRIEVAL_")

    fusion: Fusion | None = None
    alpha: float = Field(default=DEFAULT_ALPHA, ge=0, le=1)
    candidates: int = Field(default=100, ge=1, le=1000)
    window: int | None = Field(default=None, ge=0, le=5)
    passages: int = Field(default=6, ge=1, le=20)

    def ranking(self, designed: Fusion = "convex", window: int = 0) -> Ranking:
        """Return what a search is given of it."""
        fusion = self.fusion or designed
        wide = window if self.window is None else self.window
        return Ranking(fusion, self.alpha, self.candidates, wide, self.passages)
