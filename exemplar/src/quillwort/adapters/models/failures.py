"""What pydantic-ai raises, in the words of the gateway."""

from typing import Final

import httpx2
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelConnectionError,
    ModelHTTPError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
)

from quillwort.assistant.gateway.model import ModelFailed

_SERVER_ERRORS: Final = 500
_LATER: Final = frozenset((408, 409, 425))
"""Statuses of a client's error that mean: not now."""


def failed(error: Exception, *, wrote: bool) -> ModelFailed:
    """Return what an error means; `wrote` says that some of the answer had come."""
    match error:
        case ModelRateLimitError():
            return ModelFailed("rate_limited", "It was asked too often.", error.retry_after)
        case ModelTimeoutError():
            return ModelFailed("timeout", "Its server did not answer in time.")
        case ModelConnectionError() | httpx2.TransportError():
            return ModelFailed("cut_off" if wrote else "unavailable", "The connection broke.")
        case ContentFilterError():
            return ModelFailed("refused", "The provider refused.")
        case ModelAPIError():
            return _answered(error)
        case _:
            return _nonsense(error)


def _answered(error: ModelAPIError) -> ModelFailed:
    """Return what an error of the provider's own means."""
    status = error.status_code if isinstance(error, ModelHTTPError) else None
    if isinstance(error, ModelQuotaExceededError):
        return ModelFailed("rejected", "Its account has no money left.")
    if isinstance(error, ModelUnavailableError | ModelServerError) or _is_passing(status):
        return ModelFailed("unavailable", "Its server failed.", error.retry_after)
    if isinstance(error, ModelRequestRejectedError) or status is not None:
        return ModelFailed("rejected", f"It rejected the request: {status or 'no status'}.")
    return _nonsense(error)


def _is_passing(status: int | None) -> bool:
    return status is not None and (status >= _SERVER_ERRORS or status in _LATER)


def _nonsense(error: Exception) -> ModelFailed:
    return ModelFailed("malformed", f"It sent nonsense: {type(error).__name__}.")
