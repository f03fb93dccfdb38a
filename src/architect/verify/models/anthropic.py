"""Anthropic's messages (API reference, "Messages" and "Streaming messages")."""

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Final

from architect.model.plain import Plain
from architect.verify.models.dialect import Finish, Tokens, messages, text_of, written

PATH: Final = "/v1/messages"
_FINISHES: Final[dict[Finish, str]] = {"whole": "end_turn", "refused": "refusal"}
_ERRORS: Final = {
    401: ("authentication_error", "invalid x-api-key"),
    429: ("rate_limit_error", "This request would exceed your organization's rate limit"),
    529: ("overloaded_error", "Overloaded"),
}


_WRONG: Final[Plain] = {"type": "list", "data": [{"type": "file", "id": "file_1"}], "has_more": False}


class Anthropic:
    """One message.

    Args:
        body: the request.
    """

    provider = "anthropic"
    malformed = b'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"ty\n\n'

    def __init__(self, body: Mapping[str, Plain]) -> None:
        self._body = body
        self.model = str(body.get("model", ""))
        self.streams = body.get("stream") is True
        self._id = f"msg_{uuid.uuid4().hex}"
        self._tool = _output_tool(body)

    def wrong(self) -> Plain:
        """Return a list of files."""
        return _WRONG

    def failure(self, status: int) -> Plain:
        """Return the body of an error."""
        kind, message = _ERRORS.get(status, ("api_error", "Internal server error"))
        return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"}

    def whole(self, text: str, finish: Finish, used: Tokens) -> Plain:
        """Return a message."""
        block: Plain = {"type": "text", "text": text}
        if self._tool:
            block = {"type": "tool_use", "id": "toolu_1", "name": self._tool, "input": json.loads(text)}
        return self._message([block], self._finish(finish), used)

    def opening(self, used: Tokens) -> Iterator[bytes]:
        """Yield the start of the message and of its one block."""
        begun = self._message([], None, Tokens(used.read, 1))
        yield written({"type": "message_start", "message": begun}, "message_start")
        block: Plain = {"type": "text", "text": ""}
        if self._tool:
            block = {"type": "tool_use", "id": "toolu_1", "name": self._tool, "input": {}}
        start: Plain = {"type": "content_block_start", "index": 0, "content_block": block}
        yield written(start, "content_block_start")
        yield written({"type": "ping"}, "ping")

    def token(self, text: str) -> bytes:
        """Return the next piece of the block."""
        delta: Plain = {"type": "text_delta", "text": text}
        if self._tool:
            delta = {"type": "input_json_delta", "partial_json": text}
        return written({"type": "content_block_delta", "index": 0, "delta": delta}, "content_block_delta")

    def closing(self, finish: Finish, used: Tokens) -> Iterator[bytes]:
        """Yield the end of the block and of the message, with its usage."""
        yield written({"type": "content_block_stop", "index": 0}, "content_block_stop")
        ended: Plain = {"stop_reason": self._finish(finish), "stop_sequence": None}
        usage: Plain = {"output_tokens": used.written}
        yield written({"type": "message_delta", "delta": ended, "usage": usage}, "message_delta")
        yield written({"type": "message_stop"}, "message_stop")

    def instructions(self) -> str:
        """Return the system's text."""
        return text_of(self._body.get("system"))

    def content(self) -> str:
        """Return the user's messages."""
        return messages(self._body, "user")

    def _finish(self, finish: Finish) -> str:
        return "tool_use" if self._tool and finish == "whole" else _FINISHES[finish]

    def _message(self, content: list[Plain], stop_reason: str | None, used: Tokens) -> Plain:
        return {
            "id": self._id,
            "type": "message",
            "role": "assistant",
            "model": self.model,
            "content": content,
            "stop_reason": stop_reason,
            "stop_sequence": None,
            "usage": {
                "input_tokens": used.read,
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
                "output_tokens": used.written,
            },
        }


def _output_tool(body: Mapping[str, Plain]) -> str:
    """Return the tool whose arguments are to be the answer: the one that the request insists on."""
    choice, tools = body.get("tool_choice"), body.get("tools")
    insists = isinstance(choice, dict) and choice.get("type") in ("any", "tool")
    first = tools[0] if insists and isinstance(tools, list) and tools else None
    return str(first.get("name", "")) if isinstance(first, dict) else ""
