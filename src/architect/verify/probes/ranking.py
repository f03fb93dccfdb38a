"""How passages are ranked, as the settings RETRIEVAL_* say: which half counts, how many, and how wide."""

from collections.abc import Mapping
from typing import Final

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.library import Library
from architect.verify.probes.retrieval import LEASE, MINUTES, ONE_VALVE, VALVES
from architect.verify.scene import Scene
from architect.verify.subject import Subject

CANDIDATES: Final = 2
EVERYTHING: Final = 50
"""As many passages as a search may be asked for."""
TUNED: Final[Mapping[str, str]] = {
    "RETRIEVAL_FUSION": "convex",
    "RETRIEVAL_ALPHA": "1",
    "RETRIEVAL_CANDIDATES": str(CANDIDATES),
    "RETRIEVAL_PASSAGES": "1",
    "RETRIEVAL_WINDOW": "1",
}
"""Nothing of it is what any design chooses or leaves as it is, but for the fusion of most."""
_FAR: Final = "The orchard behind the house has eleven apple trees."
_NEAR: Final = "The chimney over the oven was lined with clay in spring."
_ASKED: Final = "The plumber from Delft services the cobalt boiler in the cellar each October."
_ELSEWHERE: Final = "The fence along the road is painted green by the tenants."
_FILLING: Final = (
    "Whoever sees to it writes down the day, the hour and the name of the company that sent somebody, keeps"
    " the bill in the drawer of the hall, and tells the landlord within a week what was mended and what was"
    " left as it had been. Nothing of it may be thrown away before ten years have gone by, for the insurance"
    " asks for all of it when there is a claim, and pays nothing for work that nobody can show. Who is away"
    " at the time leaves the key with a neighbour whom the landlord knows, and says so in writing some days"
    " before, with a number where both of them can be reached on the day itself and on the one after."
)
"""More than a half of what a passage holds, so that two paragraphs are two passages."""
HOUSE: Final = (
    f"# The house\n\n## Upkeep\n\n{_FAR} {_FILLING}\n\n{_NEAR} {_FILLING}\n\n{_ASKED} {_FILLING}\n\n"
    f"## Surroundings\n\n{_ELSEWHERE} {_FILLING}\n"
)


def other_fusion(subject: Subject) -> dict[str, str]:
    """Return the setting of a fusion that is not the one which the service was designed with."""
    designed = subject.design.chosen("retrieval") if subject.design else None
    return {"RETRIEVAL_FUSION": "dense" if designed == "keyword" else "keyword"}


async def fusion_as_set(scene: Scene) -> list[Finding]:
    """RETRIEVAL_FUSION decides whether vectors are searched: a question in other words is found by them."""
    notes = Notes("fusion_as_set", "give searches the fusion of RETRIEVAL_FUSION, whatever was designed")
    library = Library(scene)
    await library.kept("lease.md", LEASE)
    fusion = other_fusion(scene.subject)["RETRIEVAL_FUSION"]
    found = await library.found("Kittens permitted?")
    notes.expect(
        holds=any("Cats" in text for text in found) is (fusion == "dense"),
        message=f"a question in other words than the passage is searched as if RETRIEVAL_FUSION were not "
        f"{fusion}",
        where=library.where("search"),
        seen=found,
    )
    found = await library.found("May cats live in the flat?")
    notes.expect(
        holds=bool(found) and "Cats" in found[0],
        message=f"with RETRIEVAL_FUSION={fusion} a question in the words of a passage does not find it",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings


async def weight_as_set(scene: Scene) -> list[Finding]:
    """With RETRIEVAL_ALPHA=1 a part number in passing leads, though all else is nearer in meaning.

    By half of the weight it does not where nothing is farther: keywords are sure by less than the whole.
    """
    notes = Notes("weight_as_set", "give searches RETRIEVAL_ALPHA as the weight of keywords")
    library = await _with_parts(scene)
    found = await library.found(ONE_VALVE)
    notes.expect(
        holds=bool(found) and ONE_VALVE in found[0],
        message=f"with RETRIEVAL_ALPHA=1 a search for {ONE_VALVE} does not find it first",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings


async def candidates_as_set(scene: Scene) -> list[Finding]:
    """No more passages are joined than RETRIEVAL_CANDIDATES of each half, however many there are."""
    notes = Notes("candidates_as_set", "take RETRIEVAL_CANDIDATES passages of each half of a search")
    library = await _with_parts(scene)
    found = await library.found("valve pump", EVERYTHING)
    notes.expect(
        holds=0 < len(found) <= 2 * CANDIDATES,
        message=f"{len(found)} passages are found, and {CANDIDATES} are to be taken of each half",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings


async def passages_as_set(scene: Scene) -> list[Finding]:
    """An answer is drawn from as many passages as RETRIEVAL_PASSAGES says, though more speak of it."""
    notes = Notes("passages_as_set", "search RETRIEVAL_PASSAGES passages for an answer")
    library = await _with_parts(scene)
    answer = await library.asked("Which valve fits the pump?")
    notes.expect(
        holds=len(answer.passages) == 1,
        message=f"an answer is drawn from {len(answer.passages)} passages, and RETRIEVAL_PASSAGES is 1",
        where=library.where("question"),
        seen=answer.seen,
    )
    return notes.findings


async def neighbours_told(scene: Scene) -> list[Finding]:
    """A passage brings RETRIEVAL_WINDOW neighbours along into an answer, and none of another heading."""
    notes = Notes("neighbours_told", "give passages RETRIEVAL_WINDOW neighbours under the same heading")
    library = Library(scene)
    await library.kept("house.md", HOUSE)
    answer = await library.asked("Who services the cobalt boiler in the cellar?")
    text = "\n".join(answer.passages.values())
    for part, there, what in (
        (_ASKED, True, "the passage that is asked for"),
        (_NEAR, True, "its neighbour under the same heading"),
        (_FAR, False, "a passage beyond RETRIEVAL_WINDOW=1"),
        (_ELSEWHERE, False, "a neighbour under another heading"),
    ):
        notes.expect(
            holds=(part in text) is there,
            message=f"an answer is {'not ' if there else ''}drawn from {what}",
            where=library.where("question"),
            seen=[part, *answer.passages.values()],
        )
    return notes.findings


async def scores_told(scene: Scene) -> list[Finding]:
    """Each passage tells what each half of the search gave it, and the order is that of the joined score."""
    notes = Notes("scores_told", "tell the score and the rank of each half beside the joined score")
    library = await _with_parts(scene)
    outcome = await library.shelf.search(ONE_VALVE, EVERYTHING)
    items = outcome.body.get("items")
    hits = [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
    scores = [score for hit in hits if isinstance(score := hit.get("score"), dict)]
    first = scores[0] if scores else {}
    for name, holds in (
        ("keyword_rank", first.get("keyword_rank") == 1),
        ("keyword", _number(first.get("keyword")) > 0),
        ("dense", first.get("dense") is not None),
    ):
        notes.expect(
            holds=holds,
            message=f"the passage with the only {ONE_VALVE} does not tell its {name}",
            where=library.where("search"),
            seen=first,
        )
    joined = [_number(score.get("fused")) for score in scores]
    notes.expect(
        holds=len(joined) == len(hits) and joined == sorted(joined, reverse=True),
        message="passages are not in the order of the scores that they tell",
        where=library.where("search"),
        seen=joined,
    )
    return notes.findings


def _number(value: Plain) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


async def _with_parts(scene: Scene) -> Library:
    library = Library(scene)
    await library.kept("parts.md", VALVES)
    await library.kept("minutes.md", MINUTES)
    return library
