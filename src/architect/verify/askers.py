"""Callers who ask over REST or gRPC, and read answers as they come."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Final

import grpc
import httpx
from google.protobuf.message_factory import GetMessageClass

from architect.model.plain import Plain
from architect.verify.conversation import Asker, Event, Told
from architect.verify.doors import bearer
from architect.verify.dynamic_grpc import plain
from architect.verify.grpc_streams import begun
from architect.verify.library import SCOPES
from architect.verify.scene import Scene, SceneError
from architect.verify.shelves import GrpcShelf, event_of

LAST_EVENT_ID: Final = "Last-Event-ID"
WHOLE_SECONDS: Final = 30.0
"""How long an answer is read: the gates' services give up their models far sooner."""


def asker_of(scene: Scene, caller: str) -> Asker:
    """Return a caller over REST where the service speaks it, else over gRPC."""
    if scene.rest_door is not None:
        return RestAsker(scene, caller)
    return GrpcAsker(GrpcShelf(scene.grpc.client, scene.service.issuer.token(caller, list(SCOPES))), scene)


class RestAsker:
    """One caller's questions, over REST.

    Args:
        scene: the service.
        caller: who asks.
    """

    def __init__(self, scene: Scene, caller: str) -> None:
        self._client = scene.client
        self.head = bearer(scene.service.issuer.token(caller, list(SCOPES)))

    async def ask(self, question: str, until: Callable[[Told], bool] | None = None) -> Told:
        """Ask, and return what is told.

        Args:
            question: what is asked.
            until: closes the connection as soon as it holds; the end is waited for without.

        Raises:
            SceneError: an event's data is no JSON.
        """
        request = self._client.build_request(
            "POST", "/v1/questions", json={"question": question}, headers=self.head, timeout=WHOLE_SECONDS
        )
        return await self._told(request, until)

    async def resume(self, key: str, last: str) -> Told:
        """Return what is told of an answer after the event of that id.

        Raises:
            SceneError: an event's data is no JSON.
        """
        head = {**self.head, LAST_EVENT_ID: last} if last else self.head
        request = self._client.build_request(
            "GET", f"/v1/answers/{key}/events", headers=head, timeout=WHOLE_SECONDS
        )
        return await self._told(request, None)

    async def send(self, method: str, path: str, body: Plain = None) -> httpx.Response:
        """Send another request as this caller."""
        return await self._client.request(method, path, json=body, headers=self.head)

    async def _told(self, request: httpx.Request, until: Callable[[Told], bool] | None) -> Told:
        told = Told(0, {}, time.monotonic())
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                await self._read(request, told, until)
        except (httpx.HTTPError, TimeoutError) as error:
            told.body = f"broken off: {type(error).__name__}"
        return told

    async def _read(self, request: httpx.Request, told: Told, until: Callable[[Told], bool] | None) -> None:
        answer = await self._client.send(request, stream=True)
        try:
            told.status, told.headers = answer.status_code, answer.headers
            if not answer.headers.get("content-type", "").startswith("text/event-stream"):
                told.body = (await answer.aread()).decode("utf-8", "replace")
                return
            async for event in _events(answer, told):
                told.events.append(event)
                if until is not None and until(told):
                    return
        finally:
            await answer.aclose()


class GrpcAsker:
    """One caller's questions, over gRPC.

    Args:
        shelf: the caller's way.
        scene: the service.
    """

    def __init__(self, shelf: GrpcShelf, scene: Scene) -> None:
        self._shelf = shelf
        self._client = scene.grpc.client

    async def ask(self, question: str, until: Callable[[Told], bool] | None = None) -> Told:
        """Ask, and return what is told; whoever goes away cancels the call."""
        method = self._shelf.method("QuestionService", "AskQuestion")
        kind = GetMessageClass(method.output_type)
        told = Told(0, {}, time.monotonic())
        call = begun(self._client, method, {"question": question}, self._shelf.metadata, WHOLE_SECONDS)
        try:
            async for message in call:
                event = event_of(plain(kind.FromString(message)))
                told.events.append(Event(event.id, event.name, event.data, time.monotonic()))
                if until is not None and until(told):
                    break
        except grpc.aio.AioRpcError as error:
            told.body = f"{error.code().name} {error.details()}"
        finally:
            call.cancel()
        return told


async def _events(answer: httpx.Response, told: Told) -> AsyncIterator[Event]:
    """Yield events as they come (HTML Living Standard, 9.2.6), noting comment lines.

    Raises:
        SceneError: an event's data is no JSON object.
    """
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line.startswith(":"):
            told.heartbeats.append(time.monotonic())
        elif line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        elif fields:
            yield Event(fields.get("id", ""), fields.get("event", ""), _data(fields), time.monotonic())
            fields = {}


def _data(fields: Mapping[str, str]) -> Mapping[str, Plain]:
    try:
        data = json.loads(fields.get("data", ""))
    except ValueError:
        data = None
    if not isinstance(data, dict):
        message = f"an event's data is no JSON object: {dict(fields)}"
        raise SceneError(message)
    return data
