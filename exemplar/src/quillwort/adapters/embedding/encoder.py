"""BERT's encoder in NumPy: token numbers in, one vector of unit length a text out.

Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"
(2019), with mean pooling and normalisation as sentence-transformers does them.

The texts of a batch stand behind each other without padding: all but attention works on single
tokens, and attention goes over runs of texts of the same length. So no mask is needed, nothing is
computed for padding, and a text's vector does not hang on the texts beside it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np

from quillwort.adapters.embedding.weights import (
    HEAD_WIDTH,
    HEADS,
    WIDTH,
    Dense,
    Layer,
    Matrix,
    Norm,
    Weights,
)

_NORM_EPSILON: Final = np.float32(1e-12)  # layer_norm_eps of config.json
_GELU_ROWS: Final = 32  # as many rows of 1,536 numbers and their scratch as a core's cache holds


@dataclass(frozen=True, slots=True)
class _Run:
    """`texts` texts of `length` tokens each, the first token of the first at row `start`."""

    start: int
    texts: int
    length: int

    @property
    def rows(self) -> slice:
        return slice(self.start, self.start + self.texts * self.length)


def encode(weights: Weights, texts: Sequence[Sequence[int]]) -> Matrix:
    """Return a row of unit length a text.

    `texts` are token numbers with those that mark the ends; none is empty or longer than there are
    positions. Texts of one length should stand together, which makes the work less.
    """
    runs = _runs([len(text) for text in texts])
    tokens = np.concatenate([np.asarray(text, np.intp) for text in texts])
    places = np.concatenate([np.arange(len(text)) for text in texts])
    rows = weights.words[tokens]
    rows += weights.positions[places]
    _normalise(rows, weights.norm)
    for layer in weights.layers:
        rows = _through(layer, rows, runs)
    return _pooled(rows, runs, len(texts))


def gelu(values: Matrix) -> None:
    """Replace each x by x times the normal distribution function of x, off by at most 4e-7.

    For the distribution function see Abramowitz and Stegun, "Handbook of Mathematical Functions",
    7.1.26: erfc(z) = (a1 t + ... + a5 t^5) exp(-z^2) with t = 1 / (1 + p z), for z >= 0, off by at
    most 1.5e-7. With z = |x| / sqrt(2), x times it is max(x, 0) - |x| erfc(z) / 2 on both sides.
    """
    size, power, scratch = (np.empty_like(values[:_GELU_ROWS]) for _ in range(3))
    for start in range(0, len(values), _GELU_ROWS):
        block = values[start : start + _GELU_ROWS]
        _gelu_block(block, size[: len(block)], power[: len(block)], scratch[: len(block)])


def _gelu_block(x: Matrix, size: Matrix, power: Matrix, t: Matrix) -> None:
    np.abs(x, out=size)
    np.multiply(size, _P, out=t)
    t += _ONE
    np.reciprocal(t, out=t)
    np.multiply(t, _HALVES[0], out=power)
    for coefficient in _HALVES[1:]:
        power += coefficient
        power *= t
    np.multiply(size, size, out=t)
    t *= _MINUS_HALF
    np.exp(t, out=t)
    power *= t
    power *= size
    np.maximum(x, _ZERO, out=x)
    x -= power


_ZERO: Final = np.float32(0)
_ONE: Final = np.float32(1)
_MINUS_HALF: Final = np.float32(-0.5)
_P: Final = np.float32(0.3275911 / math.sqrt(2))
_HALVES: Final = tuple(
    np.float32(a / 2) for a in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
)
"""a5 to a1, halved: the formula of `gelu` takes half of erfc."""


def _runs(lengths: Sequence[int]) -> tuple[_Run, ...]:
    runs: list[_Run] = []
    start = 0
    for length, group in groupby(lengths):
        run = _Run(start, sum(1 for _ in group), length)
        runs.append(run)
        start = run.rows.stop
    return tuple(runs)


def _through(layer: Layer, rows: Matrix, runs: Sequence[_Run]) -> Matrix:
    attended = _dense(layer.attended, _attention(layer, rows, runs))
    attended += rows
    _normalise(attended, layer.attended_norm)
    inner = _dense(layer.inner, attended)
    gelu(inner)
    outer = _dense(layer.outer, inner)
    outer += attended
    _normalise(outer, layer.outer_norm)
    return outer


def _attention(layer: Layer, rows: Matrix, runs: Sequence[_Run]) -> Matrix:
    mixed = _dense(layer.attention, rows)
    seen = np.empty_like(rows)
    for run in runs:
        parts = mixed[run.rows].reshape(run.texts, run.length, 3, HEADS, HEAD_WIDTH)
        queries, keys, values = parts.transpose(2, 0, 3, 1, 4)
        shares = queries @ keys.transpose(0, 1, 3, 2)
        shares -= shares.max(axis=-1, keepdims=True)
        np.exp(shares, out=shares)
        places = seen[run.rows].reshape(run.texts, run.length, HEADS, HEAD_WIDTH)
        means = places.transpose(0, 2, 1, 3)
        np.matmul(shares, values, out=means)
        # The softmax's division, after the product: a head is narrower than most texts are long.
        means /= shares.sum(axis=-1, keepdims=True)
    return seen


def _dense(dense: Dense, rows: Matrix) -> Matrix:
    result = rows @ dense.weight
    result += dense.bias
    return result


def _normalise(rows: Matrix, norm: Norm) -> None:
    rows -= rows.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows)[:, None] / np.float32(WIDTH)
    rows /= np.sqrt(variance + _NORM_EPSILON)
    rows *= norm.gain
    rows += norm.bias


def _pooled(rows: Matrix, runs: Sequence[_Run], texts: int) -> Matrix:
    vectors = np.empty((texts, WIDTH), np.float32)
    done = 0
    for run in runs:
        means = rows[run.rows].reshape(run.texts, run.length, WIDTH).mean(axis=1)
        vectors[done : done + run.texts] = means
        done += run.texts
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors
