"""all-MiniLM-L6-v2 in this process, on its processors."""

import asyncio
import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Final, Generic, TypeVar

import numpy as np
from tokenizers import Tokenizer

from quillwort.adapters.embedding.encoder import encode
from quillwort.adapters.embedding.weights import (
    MOST_POSITIONS,
    SHA256,
    WIDTH,
    read_tokenizer,
    read_weights,
)
from quillwort.assistant.embedding import Kind, Vectors

_START: Final = 101  # [CLS] of tokenizer.json
_END: Final = 102  # [SEP]
_TOKENS_A_BATCH: Final = 1024
"""Enough for the processors to be busy, few enough to stay in their caches."""
_WORD: Final = re.compile(r"[^ \t\n\r]{1,100}")
"""A word, or a part of one that is longer: those the tokenizer makes one unknown token of, however
long they are (`max_input_chars_per_word` of tokenizer.json), and takes memory for each letter."""
_WORDS_KEPT: Final = 1 << 16
"""Words whose tokens are remembered, some 10 MB of them."""

T = TypeVar("T")


class MiniLm:
    """Makes vectors of texts in English, up to about 200 words of each.

    Reads its files when it is first used; all that are made share them. Works on as many batches at
    a time as there are processors, on one each, and lets whoever waits go between two batches, so
    that a question does not wait for a whole book.
    """

    name: Final = f"all-MiniLM-L6-v2@{SHA256[:12]}"
    dimensions: Final = WIDTH
    most_tokens: Final = MOST_POSITIONS - 2

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(os.cpu_count() or 1)

    def count(self, text: str) -> int:
        """Return how many tokens a text is made of, without those that mark its ends.

        Raises:
            Unavailable: when the model is not installed.
        """
        return count_tokens(text)

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Return a vector for each text, in their order; the model makes no difference by kind.

        Raises:
            Unavailable: when the model is not installed, or not the one of `name`.
        """
        del kind
        vectors = np.empty((len(texts), WIDTH), np.float32)
        numbers = await asyncio.to_thread(self._numbers, texts)
        for batch in _batches([len(one) for one in numbers]):
            async with self._turn:
                made = await asyncio.to_thread(_encode, [numbers[place] for place in batch])
            vectors[batch] = made
        return vectors

    def _numbers(self, texts: Sequence[str]) -> list[list[int]]:
        encodings = _tokenizer().encode_batch_fast(list(texts), add_special_tokens=False)
        return [[_START, *encoding.ids[: self.most_tokens], _END] for encoding in encodings]


def count_tokens(text: str) -> int:
    """Return how many tokens a text is made of, without those that mark its ends.

    A word of more than 100 characters counts as its parts of so many.

    Raises:
        Unavailable: when the model is not installed.
    """
    # The tokenizer never joins what white space parts, and most words of a text are in others too:
    # to look them up takes a twentieth of the time.
    return sum(map(_counter(_tokenizer()), _WORD.findall(text)))


@cache
def _counter(tokenizer: Tokenizer) -> Callable[[str], int]:
    @lru_cache(_WORDS_KEPT)
    def count(word: str) -> int:
        return len(tokenizer.encode(word, add_special_tokens=False).ids)

    return count


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts that are encoded together, the shortest texts first."""
    batch: list[int] = []
    tokens = 0
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and tokens + lengths[place] > _TOKENS_A_BATCH:
            yield batch
            batch, tokens = [], 0
        batch.append(place)
        tokens += lengths[place]
    if batch:
        yield batch


def _encode(texts: Sequence[Sequence[int]]) -> Vectors:
    return encode(_weights(), texts)


class _Once(Generic[T]):
    """What `read` returns, read by the first who asks while the others wait."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = cache(read)
        self._lock = Lock()

    def __call__(self) -> T:
        with self._lock:
            return self._read()


_tokenizer = _Once(read_tokenizer)
_weights = _Once(read_weights)
