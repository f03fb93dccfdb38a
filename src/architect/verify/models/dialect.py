"""What providers' interfaces have in common; each one's own words are in a file of its own."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from architect.model.plain import Plain

Finish: TypeAlias = Literal["whole", "refused"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a request took, as the provider tells it."""

    read: int
    written: int


class Dialect(Protocol):
    """One request's answer in a provider's words."""

    provider: str
    model: str
    streams: bool
    malformed: bytes
    """An event that breaks off in the middle of its data."""

    def wrong(self) -> Plain:
        """Return JSON that is no answer of this interface."""

    def failure(self, status: int) -> Plain:
        """Return the body of an error."""

    def whole(self, text: str, finish: Finish, used: Tokens) -> Plain:
        """Return the body of an answer that is not streamed."""

    def opening(self, used: Tokens) -> Iterable[bytes]:
        """Yield what a stream begins with, before its first token."""

    def token(self, text: str) -> bytes:
        """Return one token of a stream."""

    def closing(self, finish: Finish, used: Tokens) -> Iterable[bytes]:
        """Yield what a stream ends with."""

    def instructions(self) -> str:
        """Return what the request told the model to do."""

    def content(self) -> str:
        """Return what the request gave the model to read."""


class Unstreamed:
    """What a request has whose answer is never a stream, and which tells a model nothing to do."""

    streams = False
    malformed = b""

    def opening(self, used: Tokens) -> Iterable[bytes]:
        """Yield nothing."""
        del used
        return ()

    def token(self, text: str) -> bytes:
        """Return nothing."""
        del text
        return b""

    def closing(self, finish: Finish, used: Tokens) -> Iterable[bytes]:
        """Yield nothing."""
        del finish, used
        return ()

    def instructions(self) -> str:
        """Return nothing."""
        return ""


def written(data: Plain, event: str = "") -> bytes:
    """Return a server-sent event (HTML Living Standard, 9.2)."""
    name = f"event: {event}\n" if event else ""
    return f"{name}data: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def text_of(content: Plain) -> str:
    """Return the text of a message's content: a string, or parts that have one."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(str(part.get("text", "")) for part in parts if isinstance(part, dict))


def messages(body: Mapping[str, Plain], *roles: str) -> str:
    """Return the text of a request's messages of some roles."""
    found = body.get("messages")
    listed = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return "\n".join(text_of(each.get("content")) for each in listed if each.get("role") in roles)
