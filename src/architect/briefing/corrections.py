"""Corrections that name no unit: "200 rps ... sorry, make that 500" means 500 of the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Passage, Sentence

_BARE = re.compile(
    r"\b(?:make (?:that|it)|should (?:be|read|have been)|sorry,?|no,? wait,?|wait,?|actually(?: no)?,?"
    r"|correction:?|i meant?|we (?:now )?(?:said|expect)|it's|rather|now|update:?|edit:?|instead|better"
    r"|korrektur:?|eher)"
    r"\s+(?:rather |more like |about |around |at least |it's |it is |to be |it should be |make it "
    r"|that'?s )*(?P<n>#+)(?=\s*(?:[.,;!)(]|$|\n|instead|not|rather|then|now|please|actually|,))"
)
_NOT_BUT = re.compile(r"\bnot #+,? but (?:rather )?(?P<n>#+)(?=\s*(?:[.,;!)]|$|\n))")
_SCALARS: Final = (
    "load.requests_per_second",
    "load.concurrent_users",
    "load.latency.milliseconds",
    "load.availability",
    "data.records",
    "data.gigabytes",
    "data.retention_days",
    "deployment.regions",
    "team.developers",
    "budget.infrastructure_usd_per_month",
    "budget.llm_usd_per_month",
    "assistant.documents",
    "assistant.questions_per_day",
)


def corrections(passage: Passage, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield a claim for each bare number that corrects the quantity said last before it."""
    numbered = sorted(
        (made for made in claims if made.path in _SCALARS and _number(made)), key=lambda made: made.at
    )
    for sentence in passage.sentences:
        for pattern in (_BARE, _NOT_BUT):
            for match in pattern.finditer(sentence.shadow):
                at = sentence.start + match.start("n")
                if any(abs(made.at - at) <= 1 for made in numbered):
                    continue
                before = [made for made in numbered if made.at < at]
                for made in before:
                    if made.at == before[-1].at:
                        yield _corrected(passage, sentence, match, made)


def _corrected(passage: Passage, sentence: Sentence, match: re.Match[str], corrected: Claim) -> Claim:
    value = sentence.value(match) * _scale(passage, corrected)
    whole = isinstance(corrected.value, int)
    said = sentence.words(match)
    return replace(
        corrected,
        value=int(value) if whole else round(value, 6),
        because=f"{said} (it was: {corrected.because})",
        at=sentence.start + match.start(),
        weight=corrected.weight,
        correcting=True,
        sentence=sentence.index,
    )


def _scale(passage: Passage, corrected: Claim) -> float:
    """Return what one of the corrected claim's number stands for: 1/60 for "6,000 a minute"."""
    for sentence in passage.sentences:
        if sentence.index != corrected.sentence:
            continue
        for start, number in sorted(sentence.numbers.items()):
            if sentence.start + start >= corrected.at and number.value:
                value = _number(corrected)
                return value / number.value if value else 1.0
    return 1.0


def _number(made: Claim) -> float | None:
    return (
        float(made.value)
        if isinstance(made.value, int | float) and not isinstance(made.value, bool)
        else None
    )
