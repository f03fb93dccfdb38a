"""Whether a passage supports a claim."""

import pytest

from answers import hit
from quillwort.assistant.generation.packing import Excerpt
from quillwort.assistant.generation.support import Support, claim

LEASE = (
    "The tenant pays for repairs of up to 1,200 euros each. Everything beyond is paid by the "
    "landlord. Cats are welcome; dogs need the landlord's consent in writing."
)


@pytest.mark.parametrize(
    ("claimed", "quote"),
    [
        (
            "Repairs are paid by the tenant",
            "The tenant pays for repairs of up to 1,200 euros each.",
        ),
        (
            "up to 1200 euros for each repair",
            "The tenant pays for repairs of up to 1,200 euros each.",
        ),
        ("2. Beyond that the landlord pays", "Everything beyond is paid by the landlord."),
        (
            "Dogs are allowed with written consent of the landlord.",
            "Cats are welcome; dogs need the landlord's consent in writing.",
        ),
        ("Repairs of up to 1,300 euros are paid by the tenant", None),
        ("The moon consists of green cheese", None),
        ("of the", None),
        ("", None),
    ],
)
def test_the_sentence_that_supports_best_is_quoted(claimed: str, quote: str | None) -> None:
    assert Support(Excerpt(1, hit(LEASE), (LEASE,))).of(claimed) == quote


@pytest.mark.parametrize(
    ("written", "since", "expected"),
    [
        ("The tenant pays", 0, "The tenant pays"),
        ("Cats are welcome. The tenant pays.", 17, "The tenant pays."),
        ("Cats are welcome. The tenant pays.", 0, "The tenant pays."),
        ("The tenant pays, and the landlord does", 15, ", and the landlord does"),
        ("The tenant pays, so", 15, "The tenant pays, so"),
        ("The tenant pays", 15, "The tenant pays"),
        ("", 0, ""),
    ],
)
def test_a_citation_is_for_the_last_sentence_or_its_part_since_the_one_before(
    written: str, since: int, expected: str
) -> None:
    assert claim(written, since) == expected
