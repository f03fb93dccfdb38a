"""pydantic-ai as the gateway uses it: streamed, and without retries or timeouts of its own."""

from collections.abc import AsyncGenerator
from typing import Final

import anthropic
import httpx2
import openai
from pydantic_ai.direct import model_request_stream
from pydantic_ai.messages import (
    ModelRequest,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ThinkingPart,
    ThinkingPartDelta,
    ToolCallPart,
    ToolCallPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.models.anthropic import AnthropicModel, AnthropicModelSettings
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition

from quillwort.adapters.models.bounding import bound
from quillwort.adapters.models.failures import failed
from quillwort.adapters.models.mending import Mending, mended
from quillwort.adapters.models.names import ModelName
from quillwort.assistant.gateway.model import ModelFailed, Reasoning, Request, Schema, Usage

_NO_KEY: Final = "none"
"""What a server gets that asks for no key."""


class Client:
    """One model of one provider, and its connections."""

    def __init__(self, name: ModelName, base_url: str, key: str) -> None:
        # The gateway says how long to wait and how many may be under way: nothing here cuts in.
        # What is compressed may be any number of times as long as what is counted.
        self._http = httpx2.AsyncClient(
            timeout=None,
            limits=httpx2.Limits(max_connections=None),
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [bound]},
        )
        self._settings: ModelSettings
        self._model: Model
        if name.provider == "anthropic":
            self._model = AnthropicModel(
                name.model,
                provider=AnthropicProvider(
                    anthropic_client=anthropic.AsyncAnthropic(
                        api_key=key, base_url=base_url, http_client=self._http, max_retries=0
                    )
                ),
            )
            # Instructions are the same for every question: read from the provider's cache.
            self._settings = AnthropicModelSettings(anthropic_cache_instructions=True)
        else:
            self._model = OpenAIChatModel(
                name.model,
                provider=OpenAIProvider(
                    openai_client=openai.AsyncOpenAI(
                        api_key=key or _NO_KEY,
                        base_url=base_url,
                        http_client=self._http,
                        max_retries=0,
                    )
                ),
                profile=_profile(name),
            )
            # The system message goes first, and providers cache what prompts begin with.
            self._settings = ModelSettings()

    async def stream(self, request: Request) -> AsyncGenerator[str | Reasoning | Usage]:
        """Write an answer; see `quillwort.assistant.gateway.model.Model`.

        Raises:
            ModelFailed: as there.
        """
        prompt = request.prompt
        asked = ModelRequest(
            parts=[UserPromptPart(prompt.content)], instructions=prompt.instructions or None
        )
        begun = wrote = False
        mending = Mending()
        try:
            async with model_request_stream(
                self._model,
                [asked],
                model_settings={**self._settings, "max_tokens": request.max_output_tokens},
                model_request_parameters=_parameters(request.schema),
            ) as stream:
                async for event in stream:
                    piece = _piece(event)
                    if isinstance(piece, str):
                        piece = mending.add(piece)
                    if piece == "":
                        continue
                    if not begun:
                        begun = True
                        yield _usage(stream, final=False)
                    wrote = wrote or isinstance(piece, str)
                    yield piece
                if rest := mending.end():
                    wrote = True
                    yield rest
                yield _usage(stream, final=_ended(stream))
                _check_end(stream, wrote=wrote)
        except ModelFailed:
            raise
        except Exception as error:
            # What a client makes of a provider's nonsense can be any exception.
            raise failed(error, wrote=wrote) from error

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()


def _profile(name: ModelName) -> OpenAIModelProfile | None:
    """Return where servers of OpenAI's interface differ: others know the older `max_tokens`."""
    if name.provider == "openai":
        return None
    return OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False)


def _parameters(schema: Schema | None) -> ModelRequestParameters:
    if schema is None:
        return ModelRequestParameters()
    tool = ToolDefinition(
        name=schema.name, description=schema.description, parameters_json_schema=dict(schema.schema)
    )
    return ModelRequestParameters(output_mode="tool", output_tools=[tool], allow_text_output=False)


def _piece(event: ModelResponseStreamEvent) -> str | Reasoning:
    """Return what an event adds to the answer, text or JSON of the one tool, or to its reasons."""
    match event:
        case (
            PartStartEvent(part=TextPart(content=text))
            | PartDeltaEvent(delta=TextPartDelta(content_delta=text))
            | PartStartEvent(part=ToolCallPart(args=str(text)))
            | PartDeltaEvent(delta=ToolCallPartDelta(args_delta=str(text)))
        ):
            return text
        case PartStartEvent(part=ThinkingPart(content=text)):
            return Reasoning(mended(text))
        case PartDeltaEvent(delta=ThinkingPartDelta(content_delta=thought)):
            return Reasoning(mended(thought or ""))
        case _:
            return ""


def _usage(stream: StreamedResponse, *, final: bool) -> Usage:
    usage = stream.usage
    return Usage(
        input_tokens=usage.input_tokens,
        cached_input_tokens=usage.cache_read_tokens,
        cache_written_tokens=usage.cache_write_tokens,
        output_tokens=usage.output_tokens,
        final=final,
    )


def _ended(stream: StreamedResponse) -> bool:
    """Say whether the provider said how it ended: pydantic-ai takes any end for a whole answer."""
    return bool((stream.provider_details or {}).get("finish_reason"))


def _check_end(stream: StreamedResponse, *, wrote: bool) -> None:
    """Raise unless the provider said that the answer is whole."""
    if stream.finish_reason == "content_filter":
        raise ModelFailed("refused", "The provider says that the model refused.")
    if not _ended(stream):
        raise ModelFailed("cut_off", "The stream ended before the answer did.")
    if stream.finish_reason == "length":
        raise ModelFailed("too_long", "The answer reached the most tokens it may have.")
    if not wrote:
        raise ModelFailed("malformed", "The model wrote nothing.")
