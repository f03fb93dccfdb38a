"""The issuer's public keys, fetched when needed and kept for a while."""

import asyncio
import time
from typing import Final
from urllib.request import urlopen

import jwt
import structlog

from quillwort.domain.errors import Unauthenticated, Unavailable

ALGORITHMS: Final = ("RS256", "ES256", "EdDSA")
"""Asymmetric ones alone: who can verify a token must not be able to make one."""

_MAX_AGE_SECONDS: Final = 300.0
_PAUSE_SECONDS: Final = 10.0
_MAX_BYTES: Final = 1_000_000

_log = structlog.get_logger(__name__)


class KeySet:
    """The keys at a JWKS URL of the scheme https, http or file.

    They are fetched again after five minutes, and when a token names an unknown key, but never
    twice within ten seconds, whatever tokens come. Old keys serve on while fetching fails.
    """

    def __init__(self, url: str, timeout_seconds: float) -> None:
        self._url = url
        self._timeout_seconds = timeout_seconds
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = -_MAX_AGE_SECONDS
        self._tried = -_PAUSE_SECONDS
        self._lock = asyncio.Lock()

    async def key(self, kid: str) -> jwt.PyJWK:
        """Return the key of that id.

        Raises:
            Unauthenticated: when the issuer has no such key.
            Unavailable: when no keys could be fetched so far.
        """
        if self._should_fetch(kid):
            async with self._lock:
                if self._should_fetch(kid):
                    await self._fetch()
        if kid in self._keys:
            return self._keys[kid]
        if not self._keys:
            raise Unavailable("The keys to check tokens with cannot be had now.")
        raise Unauthenticated("The token is not valid.")

    def _should_fetch(self, kid: str) -> bool:
        now = time.monotonic()
        wanted = kid not in self._keys or now - self._fetched >= _MAX_AGE_SECONDS
        return wanted and now - self._tried >= _PAUSE_SECONDS

    async def _fetch(self) -> None:
        try:
            text = await asyncio.to_thread(self._read)
            keys = jwt.PyJWKSet.from_json(text).keys
        except (OSError, ValueError, jwt.PyJWTError) as error:
            _log.warning("jwks_not_fetched", url=self._url, reason=repr(error))
            return
        finally:
            # Only now: until then others wait for this attempt instead of doing without.
            self._tried = time.monotonic()
        self._keys = {
            key.key_id: key
            for key in keys
            if key.key_id
            and key.algorithm_name in ALGORITHMS
            and key.public_key_use in {None, "sig"}
        }
        self._fetched = self._tried

    def _read(self) -> str:
        # The settings let only https, http and file through.
        with urlopen(self._url, timeout=self._timeout_seconds) as answer:  # noqa: S310
            content: bytes = answer.read(_MAX_BYTES)
        return content.decode()
