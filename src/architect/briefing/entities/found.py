"""An entity that a text names, and words that name none."""

from dataclasses import dataclass
from typing import Final

from architect.briefing.listed import listed
from architect.briefing.passage import Sentence
from architect.model.fact import Provenance


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that the text names: its words in the singular, and why it is believed to be one."""

    words: tuple[str, ...]
    provenance: Provenance
    because: str
    sentence: Sentence
    start: int
    end: int


NOT_THINGS: Final = listed(
    "redis postgres kafka authentication endpoints communication service services performance rps ms "
    "users production design reports potholes lighting waste kubernetes docker weeks months friday monday "
    "data docker-compose help thanks cheers regards best hi hello sms pdfs files"
)
