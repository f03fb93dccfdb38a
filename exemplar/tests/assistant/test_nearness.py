"""How near is near: on a scale of each embedder's own."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest

from documents import indexed
from quillwort.adapters.embedding.minilm import MiniLm
from quillwort.assistant import nearness
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.embedding import Kind, Vectors
from quillwort.assistant.events import Done
from quillwort.assistant.extractive import LEAST_NEAR, Extractive
from quillwort.assistant.nearness import KNOWN, LEAST_SPREAD, PAIRS, Scale, Scales, measured
from quillwort.assistant.search_service import Hit, SearchService
from quillwort.domain.errors import Unavailable
from quillwort.domain.values import Principal
from word_embedder import Away, WordEmbedder

ALICE = Principal("alice", "alice", frozenset({"documents:read"}))
PASSAGES = (
    "The tenant keeps the stairs clean and clears the snow away.",
    "A cat may live in the flat, and a dog with a written consent.",
)


class Narrow(MiniLm):
    """The built-in model, whose vectors all lean one way: no two have less than .6 in common."""

    name = "narrow@1"  # type: ignore[misc] # as another model

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        vectors = await super().embed(texts, kind)
        leaning = vectors + np.float32(1.5 / self.dimensions**0.5)
        return leaning / np.linalg.norm(leaning, axis=1, keepdims=True)


async def test_the_built_in_embedder_has_the_scale_that_is_known_of_it() -> None:
    scale, known = await measured(MiniLm()), KNOWN[MiniLm.name]
    assert scale.strangers == pytest.approx(known.strangers, abs=0.001)
    assert scale.answers == pytest.approx(known.answers, abs=0.001)


@pytest.mark.parametrize("model", [MiniLm(), Narrow()], ids=lambda model: model.name)
async def test_strangers_are_far_and_answers_are_near(model: MiniLm) -> None:
    scale = await measured(model)
    asked = await model.embed([question for question, _ in PAIRS], "question")
    told = await model.embed([passage for _, passage in PAIRS])
    near = np.vectorize(scale.nearness)(asked @ told.T)
    own = np.eye(len(PAIRS), dtype=bool)
    assert near[~own].max() < LEAST_NEAR < near[own].min()


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("मरम्मत का खर्च कौन देता है?", "answered"),
        ("भारत की राजधानी कहाँ है?", "no_evidence"),
        ("पृथ्वी से चंद्रमा कितनी दूर है?", "no_evidence"),
    ],
)
async def test_a_script_that_the_built_in_embedder_does_not_know_is_found_by_words_alone(
    corpus: Corpus, question: str, outcome: str
) -> None:
    model = MiniLm()
    rent = "किराएदार हर महीने किराया देता है, और छोटी मरम्मत का खर्च भी वही देता है।"
    pets = "बिल्ली घर में रह सकती है; कुत्ते के लिए लिखित अनुमति चाहिए।"
    await indexed(corpus, model, "lease", rent, pets)
    hits = await found(SearchService(corpus, model), question)
    events = [event async for event in Extractive().answer(ALICE, question, hits)]
    assert events[-1] == Done(outcome)  # type: ignore[arg-type] # as the parameters say


LEASE = {
    "pl": "Najemca płaci za drobne naprawy i sprząta klatkę schodową. Kot może mieszkać w domu.",
    "hu": "A bérlő fizeti a kisebb javításokat, és takarítja a lépcsőházat.",
    "fr": "Le locataire paie les petites réparations et nettoie l'escalier. Un chat est admis.",
    "nl": "De huurder betaalt kleine reparaties en houdt de trap schoon.",
    "en": "The tenant pays for small repairs and keeps the stairs clean.",
}


@pytest.mark.parametrize(
    ("language", "question", "outcome"),
    [
        ("pl", "Kto płaci za drobne naprawy?", "answered"),
        ("pl", "Jaka jest stolica Indii?", "no_evidence"),
        ("hu", "Ki nyerte a labdarúgó-világbajnokságot?", "no_evidence"),
        ("fr", "Quelle est la capitale de l'Inde ?", "no_evidence"),
        ("nl", "Hoe bak je thuis zuurdesembrood?", "no_evidence"),
        ("en", "Who mops the staircase?", "answered"),
        ("en", "mopping staircase", "answered"),
        ("en", "What is the capital of India?", "no_evidence"),
    ],
)
async def test_a_language_that_the_built_in_embedder_does_not_know_is_found_by_words_alone(
    corpus: Corpus, language: str, question: str, outcome: str
) -> None:
    await indexed(corpus, MiniLm(), "lease", LEASE[language])
    hits = await found(SearchService(corpus, MiniLm()), question)
    events = [event async for event in Extractive().answer(ALICE, question, hits)]
    assert events[-1] == Done(outcome)  # type: ignore[arg-type] # one of the two


@pytest.mark.parametrize("question", ["Чем платят?", "谁支付", "ใครจ่าย", "Ποιος; OK", "من يدفع؟"])
def test_a_scale_of_english_tells_of_no_other_letters(question: str) -> None:
    english, any_language = Scale(0.0, 1.0, english=True), Scale(0.0, 1.0)
    assert not english.tells_of(question, LEASE["en"])
    assert any_language.tells_of(question, LEASE["en"])
    assert english.tells_of("PLAT-2214?", LEASE["en"])
    assert english.tells_of("2214?", LEASE["en"])
    assert english.tells_of("What is PLAT-2214?", "PLAT-2214")


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("May I have pets?", "answered"),
        ("What is the capital of France?", "no_evidence"),
        ("How do I cook rice?", "no_evidence"),
    ],
)
@pytest.mark.parametrize("model", [MiniLm(), Narrow()], ids=lambda model: model.name)
async def test_whatever_embeds_a_question_that_nothing_answers_has_no_evidence(
    corpus: Corpus, model: MiniLm, question: str, outcome: str
) -> None:
    await indexed(corpus, model, "lease", *PASSAGES)
    hits = await found(SearchService(corpus, model), question)
    events = [event async for event in Extractive().answer(ALICE, question, hits)]
    assert events[-1] == Done(outcome)  # type: ignore[arg-type] # one of the two


async def found(search: SearchService, question: str) -> tuple[Hit, ...]:
    told = await search.search(ALICE, question)
    assert not told.degraded
    return told.hits


async def test_a_scale_is_measured_once_however_many_ask() -> None:
    embedder, scales = WordEmbedder(), Scales()
    first, *others = await asyncio.gather(*(scales.of(embedder) for _ in range(5)))
    assert all(other is first for other in others)
    assert embedder.kinds == ["question", "passage"]


async def test_each_embedder_has_a_scale_of_its_own() -> None:
    scales = Scales()
    assert await scales.of(WordEmbedder()) != await scales.of(MiniLm())


class Silent(WordEmbedder):
    """Answers questions, and says nothing when it is asked for passages."""

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        if kind == "passage":
            await asyncio.Event().wait()
        return await super().embed(texts, kind)


async def test_whoever_asks_first_does_not_wait_long_for_the_scale(
    corpus: Corpus, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearness, "SECONDS", 0.05)
    await indexed(corpus, embedder, "trees", "oak and ash")
    with pytest.raises(Unavailable, match="too long"):
        await Scales().of(Silent())
    told = await SearchService(corpus, Silent()).search(ALICE, "oak")
    assert told.degraded
    assert [hit.chunk.text for hit in told.hits] == ["oak and ash"]


class Busy(WordEmbedder):
    """Has other passages to embed first."""

    def __init__(self) -> None:
        super().__init__()
        self.free = asyncio.Event()
        self.reached = asyncio.Event()

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        if kind == "passage":
            await self.free.wait()
            self.reached.set()
        return await super().embed(texts, kind)


async def test_measuring_goes_on_when_nobody_waits_any_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearness, "SECONDS", 0.05)
    embedder, scales = Busy(), Scales()
    with pytest.raises(Unavailable, match="too long"):
        await scales.of(embedder)
    embedder.free.set()
    async with asyncio.timeout(10):
        await embedder.reached.wait()
    assert isinstance(await scales.of(embedder), Scale)
    assert embedder.kinds == ["question", "passage"]


async def test_what_could_not_be_measured_is_measured_again() -> None:
    embedder, scales = Away(), Scales()
    with pytest.raises(Unavailable):
        await scales.of(embedder)
    embedder.back = True
    assert isinstance(await scales.of(embedder), Scale)


def test_an_embedder_that_tells_nothing_apart_is_not_believed() -> None:
    near = Scale(0.8, 0.8).nearness(0.8 + LEAST_SPREAD / 2)
    assert near == pytest.approx(0.5)
