"""What goes into a prompt: the best first, each thing once, within the budget."""

from math import ceil

from answers import hit
from quillwort.assistant.generation.packing import GAP, OVERHEAD, packed

LONG = "The tenant pays for repairs of up to 200 euros each."


def test_everything_that_fits_is_shown_as_it_is() -> None:
    hits = [hit("One.\n\n- two\n- three"), hit("Four.")]
    excerpts = packed(hits, 1000)
    assert [(each.number, each.text, each.hit) for each in excerpts] == [
        (1, hits[0].chunk.text, hits[0]),
        (2, hits[1].chunk.text, hits[1]),
    ]


def test_the_budget_is_held_and_the_last_passage_ends_after_a_sentence() -> None:
    sentences = [f"This is sentence number {number} of its kind." for number in range(10)]
    hits = [
        hit("Short one.", tokens=3),
        hit(" ".join(sentences), tokens=100),
        hit("Last.", tokens=9),
    ]
    budget = 3 + 2 * OVERHEAD + 55
    first, second = packed(hits, budget)
    assert first.text == "Short one."
    assert second.text == " ".join(sentences[:5])
    assert 3 + ceil(100 * len(second.text) / len(hits[1].chunk.text)) + 2 * OVERHEAD <= budget


def test_a_beginning_that_is_too_short_is_left_out_and_a_later_passage_may_fit() -> None:
    hits = [hit("Word. " * 100, tokens=200), hit("Small.", tokens=2)]
    (only,) = packed(hits, OVERHEAD + 10)
    assert (only.number, only.hit) == (1, hits[1])


def test_what_a_better_passage_has_said_is_left_out() -> None:
    hits = [hit(f"{LONG} Cats are welcome."), hit(f"Dogs are not. {LONG} Birds are."), hit(LONG)]
    first, second = packed(hits, 1000)
    assert first.text == hits[0].chunk.text
    assert second.text == f"Dogs are not.{GAP}Birds are."


def test_so_is_what_it_said_after_something_was_left_out() -> None:
    birds = "Birds of every kind are welcome in the house."
    hits = [hit(LONG), hit(f"Dogs are not. {LONG} {birds}"), hit(f"Fish may stay. {birds}")]
    assert [each.text for each in packed(hits, 1000)] == [
        LONG,
        f"Dogs are not.{GAP}{birds}",
        "Fish may stay.",
    ]


def test_nothing_gives_nothing() -> None:
    assert packed([], 1000) == ()
    assert packed([hit(LONG)], 0) == ()
