"""The shape that every interceptor here has: an asynchronous context around one call."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

import grpc
from grpc_health.v1 import health
from grpc_reflection.v1alpha import reflection

Request = TypeVar("Request")
Response = TypeVar("Response")

# gRPC types a behaviour by its messages. An interceptor passes those of every service on untouched,
# so it needs no name for their types. Quoted is what only the type stubs make generic.
CallContext: TypeAlias = grpc.aio.ServicerContext[Any, Any]
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Behaviour: TypeAlias = Callable[[Any, CallContext], Awaitable[Any]]

# Probes and tools call these two without a token; they hold nothing of anybody's.
_OPEN_SERVICES = (f"/{health.SERVICE_NAME}/", f"/{reflection.SERVICE_NAME}/")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as an interceptor sees it. `method` is `/package.Service/Method`.

    `streams` says that messages follow one another in it, one way or both.
    """

    method: str
    context: CallContext
    streams: bool = False

    def metadata(self, key: str) -> tuple[str, ...]:
        """Return the values that the client sent under `key`, which is lower case."""
        return tuple(
            value if isinstance(value, str) else value.decode("ascii", "replace")
            for name, value in self.context.invocation_metadata() or ()
            if name == key
        )

    @property
    def peer(self) -> str:
        """The address that the call comes from, without its port."""
        kind, _, address = self.context.peer().partition(":")
        return address.rpartition(":")[0] if kind in {"ipv4", "ipv6"} else address


class CallInterceptor(grpc.aio.ServerInterceptor, ABC):
    """Enters `around` before a call's behaviour runs and leaves it afterwards.

    Health and reflection pass untouched. Streaming calls are surrounded like the others, so that a
    method added later is never open by accident.
    """

    def __init__(self) -> None:
        # One wrapped handler a method: a service registers its handlers once and keeps them.
        self._surrounded: dict[str, tuple[Handler, Handler]] = {}

    @abstractmethod
    def around(self, call: Call) -> AbstractAsyncContextManager[None]:
        """Return the context to enter; what it raises goes to the interceptors outside."""

    async def intercept_service(
        self,
        continuation: Callable[
            [grpc.HandlerCallDetails], Awaitable["grpc.RpcMethodHandler[Request, Response] | None"]
        ],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> "grpc.RpcMethodHandler[Request, Response] | None":
        """Return the handler of the called method, surrounded; None when nobody serves it."""
        handler = await continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None or method.startswith(_OPEN_SERVICES):
            return handler
        known = self._surrounded.get(method)
        if known is None or known[0] is not handler:
            known = (handler, self.surround(method, handler))
            self._surrounded[method] = known
        return known[1]

    def surround(self, method: str, handler: Handler) -> Handler:
        """Return a handler like `handler` whose behaviour runs inside `around`."""
        streams = handler.request_streaming or handler.response_streaming
        behaviour = behaviour_of(handler)

        async def answer(request: object, context: CallContext) -> object:
            async with self.around(Call(method, context, streams)):
                return await behaviour(request, context)

        return like(handler, answer, handler.request_deserializer)


def behaviour_of(handler: Handler) -> Behaviour:
    """Return what a handler does, as a coroutine whatever it streams.

    One whose answers stream writes them itself. So it ends in the task of its call: a generator
    that gRPC is left with when a call ends early would be closed by nobody in particular, some time
    later, and what it does would go on till then.
    """
    if not handler.response_streaming:
        single: Any = handler.stream_unary if handler.request_streaming else handler.unary_unary
        behaviour: Behaviour = single
        return behaviour
    stream: Any = handler.stream_stream if handler.request_streaming else handler.unary_stream
    if not inspect.isasyncgenfunction(stream):
        writing: Behaviour = stream
        return writing

    async def write(request: object, context: CallContext) -> None:
        async with aclosing(stream(request, context)) as messages:
            async for message in messages:
                await context.write(message)

    return write


def like(handler: Handler, behaviour: Behaviour, parse: Callable[[bytes], Any] | None) -> Handler:
    """Return a handler that streams what `handler` streams and behaves so."""
    make: Any = _HANDLERS[handler.request_streaming, handler.response_streaming]
    made: Handler = make(behaviour, parse, handler.response_serializer)
    return made


_HANDLERS: Final = {
    (False, False): grpc.unary_unary_rpc_method_handler,
    (True, False): grpc.stream_unary_rpc_method_handler,
    (False, True): grpc.unary_stream_rpc_method_handler,
    (True, True): grpc.stream_stream_rpc_method_handler,
}
"""What makes handlers, by whether requests and answers stream."""
