"""MODEL_CACHE_*: whether kept answers are given to the same question in other words."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section


class RewordingSettings(Section):
    """Whether questions in other words count as the same, and how alike they must be.

    Guards look at all that are alike enough, so that a lower bound costs time and risks what no
    guard sees. Of questions that guards would let pass, those that mean something else are less
    than .93 alike with all-MiniLM-L6-v2.
    """

    model_config = SettingsConfigDict(env_prefix="MODEL_CACHE_", protected_namespaces=())

    reworded: bool = True
    least_similar: float = Field(default=0.95, ge=0.8, le=1.0)
