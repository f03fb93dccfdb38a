"""How passages are found by the design; RETRIEVAL_FUSION and RETRIEVAL_WINDOW say it otherwise."""

from typing import Final

from quillwort.assistant.ranking import Fusion

FUSION: Final[Fusion] = "convex"
WINDOW: Final = 0
