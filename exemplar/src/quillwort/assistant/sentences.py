"""Sentences of a text, as far as full stops and line breaks tell them apart."""

import re
from typing import Final

_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as they stand there, none of them empty."""
    return [sentence.strip() for sentence in _END.split(text) if sentence.strip()]
