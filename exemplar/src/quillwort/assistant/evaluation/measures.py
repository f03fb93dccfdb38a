"""Measures of rankings, how far chance moves them, and whether two differ by more than chance.

A ranking is what a search returned, best first: for each passage, whether it is one that was
wanted, each wanted one marked once. `wanted` says how many there are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

DEPTH: Final = 10
"""Ranks that count: what people read of a list, and what an answer is drawn from."""

_RESAMPLES: Final = 2000
_TRIALS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, and where 95 of 100 such means lie when other questions of the kind are asked."""

    mean: float
    low: float
    high: float


def ndcg(ranking: Sequence[bool], wanted: int, depth: int = DEPTH) -> float:
    """Return the normalised discounted cumulative gain, from 0 to 1.

    A wanted passage at rank r is worth 1 / log2(r + 1); the sum over its most is that of a ranking
    with all wanted ones first. Jaervelin and Kekaelaeinen (2002), "Cumulated Gain-Based Evaluation
    of IR Techniques".
    """
    gained = sum(_worth(rank) for rank, hit in enumerate(ranking[:depth], 1) if hit)
    most = sum(_worth(rank) for rank in range(1, min(wanted, depth) + 1))
    return gained / most if most else 0.0


def recall(ranking: Sequence[bool], wanted: int, depth: int = DEPTH) -> float:
    """Return which share of the wanted passages is among the first."""
    return sum(ranking[:depth]) / wanted if wanted else 0.0


def precision(ranking: Sequence[bool], depth: int = DEPTH) -> float:
    """Return which share of the first ranks has a wanted passage; a rank without one counts."""
    return sum(ranking[:depth]) / depth


def reciprocal_rank(ranking: Sequence[bool], depth: int = DEPTH) -> float:
    """Return 1 / rank of the first wanted passage; 0 when none is among the first."""
    return next((1 / rank for rank, hit in enumerate(ranking[:depth], 1) if hit), 0.0)


def interval(values: Sequence[float], seed: int = 0) -> Interval:
    """Return the mean of one value a question, with its 95% percentile bootstrap interval.

    Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13. The same values and
    seed give the same interval; no values give zeros.
    """
    if not values:
        return Interval(0.0, 0.0, 0.0)
    observed = np.asarray(values, np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(observed), (_RESAMPLES, len(observed)))
    low, high = np.quantile(observed[drawn].mean(axis=1), (0.025, 0.975))
    return Interval(float(observed.mean()), float(low), float(high))


def difference_by_chance(one: Sequence[float], other: Sequence[float], seed: int = 0) -> float:
    """Return how probable a mean difference this large is when both are equally good.

    The two-sided paired randomisation test: the two values of a question are swapped by the toss of
    a coin, over and over. Smucker, Allan and Carterette (2007), "A Comparison of Statistical
    Significance Tests for Information Retrieval Evaluation".

    Args:
        one: a value for each question.
        other: a value for each of the same questions, in the same order.
        seed: of the coin.

    Raises:
        ValueError: when they are not as many.
    """
    if len(one) != len(other):
        raise ValueError("a value of each for every question is needed")
    differences = np.asarray(one, np.float64) - np.asarray(other, np.float64)
    generator = np.random.default_rng(seed)
    coins = generator.choice((-1.0, 1.0), (_TRIALS, len(differences)))
    # Sums of the same numbers in another order may differ in their last bits.
    least = abs(float(differences.sum())) - 1e-9
    as_large = int(np.count_nonzero(np.abs(coins @ differences) >= least))
    return (as_large + 1) / (_TRIALS + 1)


def _worth(rank: int) -> float:
    return 1 / math.log2(rank + 1)
