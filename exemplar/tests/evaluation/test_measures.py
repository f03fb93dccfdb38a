"""The measures themselves, by hand and by what must always hold."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.assistant.evaluation.measures import (
    Interval,
    difference_by_chance,
    interval,
    ndcg,
    precision,
    recall,
    reciprocal_rank,
)


def test_measures_of_a_ranking_by_hand() -> None:
    ranking = [False, True, False, True]
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    most = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(ranking, 3) == pytest.approx(gained / most)
    assert recall(ranking, 3) == pytest.approx(2 / 3)
    assert recall(ranking, 3, depth=2) == pytest.approx(1 / 3)
    assert precision(ranking) == pytest.approx(0.2)
    assert reciprocal_rank(ranking) == pytest.approx(0.5)


def test_what_lies_below_the_depth_does_not_count() -> None:
    ranking = [False] * 10 + [True]
    assert (ndcg(ranking, 1), recall(ranking, 1), reciprocal_rank(ranking)) == (0, 0, 0)
    assert ndcg([True] * 10, 25) == 1


def test_nothing_wanted_is_nothing_found() -> None:
    assert (ndcg([], 0), recall([], 0), reciprocal_rank([]), precision([])) == (0, 0, 0, 0)


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 5))
def test_no_measure_leaves_its_range_and_the_best_order_is_best(
    ranking: list[bool], missed: int
) -> None:
    wanted = sum(ranking) + missed
    best = sorted(ranking, reverse=True)
    assert 0 <= ndcg(ranking, wanted) <= ndcg(best, wanted) <= 1 + 1e-12
    assert 0 <= recall(ranking, wanted) <= 1


def test_an_interval_holds_its_mean_and_is_the_same_again() -> None:
    values = [0.0, 0.2, 0.9, 1.0] * 10
    once = interval(values, seed=3)
    assert once == interval(values, seed=3)
    assert once.low < once.mean < once.high
    assert once.mean == pytest.approx(0.525)


def test_more_questions_make_an_interval_narrower() -> None:
    few, many = interval([0.0, 1.0] * 5), interval([0.0, 1.0] * 500)
    assert many.high - many.low < (few.high - few.low) / 3


def test_no_values_give_zeros() -> None:
    assert interval([]) == Interval(0, 0, 0)


def test_chance_explains_no_difference_and_hardly_a_steady_one() -> None:
    worse = [0.5, 0.4, 0.6, 0.3, 0.7, 0.5, 0.2, 0.6, 0.4, 0.5, 0.6, 0.1]
    better = [value + 0.2 for value in worse]
    assert difference_by_chance(worse, worse) == 1
    assert difference_by_chance(better, worse) < 0.01
    assert difference_by_chance(better, worse) == difference_by_chance(worse, better)


def test_chance_of_few_questions_by_hand() -> None:
    # Of the four signs of two equal differences, two give a sum as large.
    assert difference_by_chance([1, 1], [0, 0]) == pytest.approx(0.5, abs=0.03)


def test_values_of_other_questions_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="every question"):
        difference_by_chance([1.0], [1.0, 0.0])
