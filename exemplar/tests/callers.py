"""Callers for tests that are not about identity."""

from collections.abc import Mapping
from typing import Final

from example import Example, caller
from quillwort.domain.errors import Unauthenticated
from quillwort.domain.values import Principal

GROUP: Final = "group:"


class NamedVerifier:
    """Believes every caller who says a name, scopes and groups: `Bearer name scope group:name`."""

    scheme: Mapping[str, str] | None = {"type": "http", "scheme": "bearer"}

    async def verify(self, authorization: str | None, peer: str) -> Principal:
        """Return the caller."""
        del peer
        words = (authorization or "").split()
        if len(words) < 2 or words[0] != "Bearer":
            raise Unauthenticated("Who are you?")
        groups = frozenset(word.removeprefix(GROUP) for word in words[2:] if GROUP in word)
        return Principal(words[1], words[1], frozenset(words[2:]), groups)


def bearer(name: str, *scopes: str) -> dict[str, str]:
    """Return the headers of a caller of that name with those scopes."""
    return {"Authorization": " ".join(("Bearer", name, *scopes))}


def everyday(name: str, *examples: Example) -> dict[str, str]:
    """Return the headers of a caller with every everyday right to these and what they refer to."""
    return bearer(name, *sorted(caller(name, *examples).scopes))
