"""How two rankings become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.assistant.fusion import Fused, convex, distinct, reciprocal_rank

_SCORED = st.dictionaries(st.integers(0, 20), st.floats(0, 100), max_size=10)


def _order(fused: list[Fused]) -> list[int]:
    return [one.number for one in fused]


def test_a_convex_score_weighs_what_each_side_makes_of_its_scores() -> None:
    fused = convex({1: 8.0, 2: 4.0}, {1: 0.3, 2: 0.5, 3: 0.7}, alpha=0.6)
    assert fused == [
        Fused(1, pytest.approx(0.6), 8.0, 0.3, 1, 3),
        Fused(2, pytest.approx(0.6 * 0.5 + 0.4 * 0.5), 4.0, 0.5, 2, 2),
        Fused(3, pytest.approx(0.4), 0.0, 0.7, None, 1),
    ]


def test_both_sides_weigh_the_same_unless_told_otherwise() -> None:
    fused = convex({1: 2.0}, {1: -0.1, 2: 0.9})
    assert [(one.number, one.score) for one in fused] == [(1, 0.5), (2, 0.5)]


def test_a_chunk_without_a_dense_score_counts_as_the_lowest() -> None:
    fused = {one.number: one for one in convex({1: 5.0, 2: 5.0}, {2: 0.2, 3: 0.8})}
    assert fused[1].score == fused[2].score
    assert (fused[1].dense, fused[1].dense_rank) == (0.2, None)
    assert (fused[2].dense, fused[2].dense_rank) == (0.2, 2)


@pytest.mark.parametrize(
    ("keyword", "dense", "expected"),
    [
        ({}, {}, []),
        ({1: 2.0, 2: 4.0}, {}, [(2, 0.5), (1, 0.25)]),
        ({}, {1: 0.2, 2: 0.4}, [(2, 0.5), (1, 0.0)]),
        ({1: 0.0, 2: 0.0}, {1: 0.2, 2: 0.4}, [(2, 0.5), (1, 0.0)]),
        ({1: 2.0, 2: 4.0}, {1: 0.3, 2: 0.3}, [(2, 0.5), (1, 0.25)]),
        ({}, {5: 0.3}, [(5, 0.0)]),
    ],
)
def test_a_side_that_tells_nothing_apart_adds_nothing(
    keyword: dict[int, float], dense: dict[int, float], expected: list[tuple[int, float]]
) -> None:
    assert [(one.number, one.score) for one in convex(keyword, dense)] == expected


@pytest.mark.parametrize("alpha", [-0.1, 1.1, float("nan")])
def test_weights_out_of_range_are_refused(alpha: float) -> None:
    with pytest.raises(ValueError, match="alpha"):
        convex({}, {}, alpha)


def test_reciprocal_ranks_add_up() -> None:
    fused = reciprocal_rank({1: 9.0, 2: 3.0}, {2: 0.9, 3: 0.1})
    assert fused == [
        Fused(2, pytest.approx(1 / 62 + 1 / 61), 3.0, 0.9, 2, 1),
        Fused(1, pytest.approx(1 / 61), 9.0, 0.1, 1, None),
        Fused(3, pytest.approx(1 / 62), 0.0, 0.1, None, 2),
    ]


def test_a_smaller_k_lets_the_first_ranks_stand_out() -> None:
    keyword, dense = {1: 9.0, 2: 8.0, 3: 7.0}, {4: 0.9, 2: 0.8, 3: 0.7}
    assert _order(reciprocal_rank(keyword, dense)) == [2, 3, 1, 4]
    assert _order(reciprocal_rank(keyword, dense, k=0)) == [1, 2, 4, 3]


def test_a_negative_k_is_refused() -> None:
    with pytest.raises(ValueError, match="k must"):
        reciprocal_rank({}, {}, -1)


def test_equal_scores_are_ranked_by_number() -> None:
    fused = reciprocal_rank({7: 1.0, 3: 1.0}, {})
    assert [(one.number, one.keyword_rank) for one in fused] == [(3, 1), (7, 2)]
    assert _order(convex({}, {9: 0.5, 4: 0.5})) == [4, 9]


@given(_SCORED, _SCORED, st.floats(0, 1))
def test_every_chunk_comes_once_and_the_best_first(
    keyword: dict[int, float], dense: dict[int, float], alpha: float
) -> None:
    for fused in (convex(keyword, dense, alpha), reciprocal_rank(keyword, dense)):
        assert sorted(_order(fused)) == sorted(keyword.keys() | dense.keys())
        assert fused == sorted(fused, key=lambda one: (-one.score, one.number))
        assert all(0 <= one.score <= 1 + 1e-9 for one in fused)


@given(_SCORED)
def test_one_side_alone_keeps_its_order(scored: dict[int, float]) -> None:
    expected = sorted(scored, key=lambda number: (-scored[number], number))
    assert _order(reciprocal_rank(scored, {})) == expected
    assert _order(reciprocal_rank({}, scored)) == expected


def _numbered(first: int, last: int) -> str:
    return " ".join(f"w{number}" for number in range(first, last))


def test_a_text_that_nearly_repeats_an_earlier_one_is_dropped() -> None:
    text = _numbered(0, 50)
    assert distinct([text, f"{text} more", _numbered(60, 90), text.upper() + "!"], 9) == [0, 2]


def test_no_more_texts_are_kept_than_are_asked_for() -> None:
    assert distinct(["a fern", "A fern.", "a moss", "a lichen"], 2) == [0, 2]


def test_texts_are_alike_from_the_bound_on() -> None:
    # 19 shared runs of five words, of 20 and of 21 in all.
    texts = [_numbered(0, 23), _numbered(0, 24)]
    assert distinct(texts, 9, most_alike=19 / 20) == [0]
    assert distinct(texts, 9, most_alike=19 / 20 + 1e-9) == [0, 1]
    assert distinct([_numbered(0, 24), _numbered(1, 25)], 9, most_alike=19 / 21) == [0]


def test_a_dropped_text_drops_no_other() -> None:
    texts = [_numbered(first, first + 44) for first in (0, 2, 4)]
    assert distinct(texts, 9) == [0, 2]


def test_short_and_empty_texts_are_compared_whole() -> None:
    assert distinct(["a fern", "A fern.", "fern a", "", "..."], 9) == [0, 2, 3]
    assert distinct([], 9) == []
