"""OpenAI's chat completions, which Mistral, vLLM and llama.cpp speak too (API reference, "Chat")."""

import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from architect.model.plain import Plain
from architect.verify.models.dialect import Finish, Tokens, messages, written

PATH: Final = "/v1/chat/completions"
_FINISHES: Final[dict[Finish, str]] = {"whole": "stop", "refused": "content_filter"}
_ERRORS: Final = {
    429: ("rate_limit_error", "rate_limit_exceeded", "Rate limit reached for requests"),
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided"),
}
_SERVER_ERROR: Final = ("server_error", None, "The server had an error while processing your request")


_WRONG: Final[Plain] = {"object": "list", "data": [{"id": "file-1", "object": "file", "bytes": 12}]}


class OpenAi:
    """One chat completion.

    Args:
        body: the request.
    """

    provider = "openai"
    malformed = b'data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"and th\n\n'

    def __init__(self, body: Mapping[str, Plain]) -> None:
        self._body = body
        self.model = str(body.get("model", ""))
        self.streams = body.get("stream") is True
        self._id = f"chatcmpl-{uuid.uuid4().hex}"
        self._tool = _output_tool(body)

    def wrong(self) -> Plain:
        """Return a list of files."""
        return _WRONG

    def failure(self, status: int) -> Plain:
        """Return the body of an error."""
        kind, code, message = _ERRORS.get(status, _SERVER_ERROR)
        return {"error": {"message": message, "type": kind, "param": None, "code": code}}

    def whole(self, text: str, finish: Finish, used: Tokens) -> Plain:
        """Return a ``chat.completion``."""
        message: dict[str, Plain] = {"role": "assistant", "content": text, "refusal": None}
        if self._tool:
            call: Plain = {
                "id": "call_1",
                "type": "function",
                "function": {"name": self._tool, "arguments": text},
            }
            message |= {"content": None, "tool_calls": [call]}
        choice: Plain = {"index": 0, "message": message, "finish_reason": self._finish(finish)}
        return {
            "id": self._id,
            "object": "chat.completion",
            "created": int(time.time()),
            "model": self.model,
            "choices": [choice],
            "usage": _usage(used),
        }

    def opening(self, used: Tokens) -> Iterable[bytes]:
        """Yield the role, and the call of a tool when the answer is its arguments."""
        del used
        delta: dict[str, Plain] = {"role": "assistant", "content": ""}
        if self._tool:
            function: Plain = {"name": self._tool, "arguments": ""}
            call: Plain = {"index": 0, "id": "call_1", "type": "function", "function": function}
            delta |= {"content": None, "tool_calls": [call]}
        return (self._chunk(delta),)

    def token(self, text: str) -> bytes:
        """Return a chunk with the next piece of the text, or of a tool's arguments."""
        if self._tool:
            return self._chunk({"tool_calls": [{"index": 0, "function": {"arguments": text}}]})
        return self._chunk({"content": text})

    def closing(self, finish: Finish, used: Tokens) -> Iterator[bytes]:
        """Yield the finish, the usage when it was asked for, and the end mark."""
        yield self._chunk({}, self._finish(finish))
        options = self._body.get("stream_options")
        if isinstance(options, dict) and options.get("include_usage") is True:
            yield written(self._frame([], _usage(used)))
        yield b"data: [DONE]\n\n"

    def instructions(self) -> str:
        """Return the system's and developer's messages."""
        return messages(self._body, "system", "developer")

    def content(self) -> str:
        """Return the user's messages."""
        return messages(self._body, "user")

    def _finish(self, finish: Finish) -> str:
        return "tool_calls" if self._tool and finish == "whole" else _FINISHES[finish]

    def _chunk(self, delta: dict[str, Plain], finish: str | None = None) -> bytes:
        return written(self._frame([{"index": 0, "delta": delta, "finish_reason": finish}], None))

    def _frame(self, choices: list[Plain], usage: Plain) -> Plain:
        return {
            "id": self._id,
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": self.model,
            "choices": choices,
            "usage": usage,
        }


def _output_tool(body: Mapping[str, Plain]) -> str:
    """Return the tool whose arguments are to be the answer: the one that the request insists on."""
    if body.get("tool_choice") in (None, "auto", "none"):
        return ""
    tools = body.get("tools")
    first = tools[0] if isinstance(tools, list) and tools else None
    function = first.get("function") if isinstance(first, dict) else None
    return str(function.get("name", "")) if isinstance(function, dict) else ""


def _usage(used: Tokens) -> Plain:
    return {
        "prompt_tokens": used.read,
        "completion_tokens": used.written,
        "total_tokens": used.read + used.written,
        "prompt_tokens_details": {"cached_tokens": 0},
    }
