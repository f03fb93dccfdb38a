"""Which answers are never given to another question, however alike the two are."""

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quillwort.assistant.rewording.guard import Question, Refusal, refusal
from quillwort.assistant.rewording.marks import NEGATIONS
from quillwort.assistant.rewording.wording import wording

VECTOR = np.array([1, 0], np.float32)
LEASE = "The tenant pays for repairs. The landlord pays the tax. Basic and premium insurance."

PLAIN = st.sampled_from(
    (
        "who",
        "pays",
        "for",
        "repairs",
        "how",
        "do",
        "i",
        "cancel",
        "the",
        "tenant",
        "landlord",
        "may",
    )
)
NAMES = st.sampled_from(["Berlin", "Paris", "A-17", "A-18", "orders.id", "POST", "PUT", "`x`", "$"])
WORDS = st.one_of(
    PLAIN, NAMES, st.sampled_from(("not", "never", "without", "7", "12", "unsafe", "before"))
)


def question(text: str, ground: bytes = b"", vector: Sequence[float] = (1, 0)) -> Question:
    return Question(text, np.array(vector, np.float32), ground)


def refused(one: str, other: str, passages: str = LEASE) -> Refusal | None:
    """Return why questions that are wholly alike are kept apart."""
    return refusal(question(one), question(other), 1.0, passages)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I reset my password?", "How can I reset my password"),
        ("May I keep a dog in the flat?", "Can I keep dogs in the flat?"),
        ("Who pays for repairs?", "Who pays for the repairs?"),
        ("Which documents are needed for a visa?", "What documents do I need for a visa?"),
        ("What's due in 14 days?", "what is due in fourteen days"),
        ("Who covers repairs?", "Who settles repairs?"),
        ("Can't I cancel?", "can i not cancel"),
        ("Are 5 µg too many?", "Are five µg too many"),
    ],
)
def test_the_same_in_other_words_passes(one: str, other: str) -> None:
    assert refused(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Who pays up to 200 euros?", "Who pays up to 300 euros?", "numbers"),
        ("Is it due in two days?", "Is it due in two weeks?", "numbers"),
        ("Is it due in 1,000 days?", "Is it due in 1.000 days?", "numbers"),
        ("Is it safe to retry a POST?", "Is it unsafe to retry a POST?", "negations"),
        ("May I keep a dog?", "May I not keep a dog?", "negations"),
        ("Is the rent regular?", "Is the rent irregular?", "negations"),
        ("Darf ich das?", "Darf ich das nicht?", "negations"),
        ("How do I move from Berlin to Paris?", "How do I move from Paris to Berlin?", "names"),
        ("How do I cancel order A-17?", "How do I cancel order A-18?", "names"),
        ("Berlin: who pays?", "Paris: who pays?", "names"),
        ('What does "due" mean?', 'What does "paid" mean?', "names"),
        ("Is it 5 %?", "Is it 5 $?", "names"),
        ("What does Basic cover?", "What does Premium cover?", "names"),
        ("What is the maximum deposit?", "What is the minimum deposit?", "turns"),
        ("How can I cancel?", "When can I cancel?", "turns"),
        ("May I pay?", "Must I pay?", "turns"),
        ("Are pets allowed?", "Are pets forbidden?", "turns"),
        ("Is rent due before work?", "Is rent due after work?", "turns"),
        ("Does the tenant pay the landlord?", "Does the landlord pay the tenant?", "order"),
        ("Who pays?", "Who finally pays?", "additions"),
        ("What does the tenant owe?", "What does the landlord owe?", "subjects"),
        ("Who pays for repairs?", "Who pays for windows?", "subjects"),
        ("我可以养狗吗", "我不可以养狗吗", "script"),
    ],
)
def test_what_asks_for_something_else_is_refused(one: str, other: str, why: Refusal) -> None:
    assert refused(one, other) == why
    assert refused(other, one) == why
    assert refused(one, one) in {None, "script"}


def test_what_rests_on_something_else_is_refused() -> None:
    assert refusal(question("Who pays?", b"1"), question("Who pays?", b"2"), 0.0, "") == "ground"


@pytest.mark.parametrize(("vector", "why"), [((0.6, 0.8), "similarity"), ((0.8, 0.6), None)])
def test_what_is_not_alike_enough_is_refused(
    vector: tuple[float, float], why: Refusal | None
) -> None:
    kept, asked = question("Who pays?"), question("Who pays?", vector=vector)
    assert refusal(kept, asked, 0.75, "") == why
    assert refusal(asked, kept, 0.75, "") == why


def test_a_vector_that_is_none_is_not_alike() -> None:
    kept, asked = question("Who pays?"), question("Who pays?", vector=(float("nan"), 0))
    assert refusal(kept, asked, 0.0, "") == "similarity"


@given(st.text(), st.text(), st.text())
def test_it_is_the_same_whichever_came_first(one: str, other: str, passages: str) -> None:
    assert refused(one, other, passages) == refused(other, one, passages)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_it_is_the_same_for_words_whichever_came_first(one: list[str], other: list[str]) -> None:
    assert refused(" ".join(one), " ".join(other)) == refused(" ".join(other), " ".join(one))


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_a_question_is_never_kept_from_itself(text: str) -> None:
    assert refused(text, text) is None


@given(
    st.text(st.characters(max_codepoint=0x24F)),
    st.integers(0, 9),
    st.integers(0, 9),
    st.text(st.characters(max_codepoint=0x24F)),
)
def test_another_digit_is_always_refused(before: str, one: int, other: int, after: str) -> None:
    assume(one != other)
    assert refused(f"{before}{one}{after}", f"{before}{other}{after}") is not None


@given(st.lists(WORDS, max_size=8), st.integers(0, 8), st.sampled_from(sorted(NEGATIONS)))
def test_a_negation_more_is_always_refused(words: list[str], place: int, negation: str) -> None:
    negated = [*words[:place], negation, *words[place:]]
    assert refused(" ".join(words), " ".join(negated)) is not None


@given(st.lists(PLAIN, max_size=8), st.integers(0, 8), NAMES, NAMES)
def test_another_name_is_always_refused(words: list[str], place: int, one: str, other: str) -> None:
    assume(one != other)
    asked = [" ".join([*words[:place], name, *words[place:]]) for name in (one, other)]
    assert refused(asked[0], asked[1]) == "names" or re.search(r"\d", one + other)
    assert refused(asked[0], asked[1]) is not None


@given(st.lists(PLAIN, min_size=1, max_size=6), NAMES, NAMES)
def test_names_in_each_others_place_are_always_refused(
    words: list[str], one: str, other: str
) -> None:
    assume(one != other)
    asked = [" ".join([first, *words, second]) for first, second in ((one, other), (other, one))]
    assert refused(asked[0], asked[1]) is not None


@given(st.lists(st.one_of(WORDS, st.text()), max_size=8))
def test_every_question_can_be_taken_apart(words: list[str]) -> None:
    assert wording(" ".join(words)) == wording(" ".join(words))
