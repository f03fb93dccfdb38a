"""What an evaluation found, as a table for people and as JSON for programs."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.evaluation.measures import Interval
from quillwort.assistant.evaluation.tuning import Fitted, Setting, Tried


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by their names; `compared` are other ways to search, and how chance explains them.

    `stale` has a line for each judgement that no passage meets; no figure is about it.
    """

    documents: int
    passages: int
    questions: int
    retrieval: Mapping[str, Interval]
    kinds: Mapping[str, Interval]
    compared: Mapping[str, tuple[Interval, float]]
    answers: Mapping[str, Interval] = field(default_factory=dict)
    stale: tuple[str, ...] = ()

    def as_json(self) -> str:
        """Return it as one JSON object."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)

    def as_text(self) -> str:
        """Return it as tables."""
        head = f"{self.questions} questions, {self.passages} passages, {self.documents} documents"
        lines = [
            f"{head}; 95% intervals by bootstrap",
            "",
            *_table("Retrieval", self.retrieval),
            *_table("nDCG@10 by kind", self.kinds),
            "Other ways to search, nDCG@10; p: how probable so large a difference is by chance",
            *(
                f"{row(name, one)}  p = {chance:.3f}"
                for name, (one, chance) in self.compared.items()
            ),
            "",
            *(_table("Answers", self.answers) if self.answers else ()),
            *_stale(self.stale),
        ]
        return "\n".join(lines).rstrip() + "\n"


def row(name: str, one: Interval) -> str:
    """Return a figure with its interval, as a line of a table."""
    return f"  {name:<34} {one.mean:.3f}  [{one.low:.3f}, {one.high:.3f}]"


def tuned(found: Fitted) -> str:
    """Return what was fitted, why it is taken or not, and the settings in the end."""
    lines = [
        f"chosen on {found.chosen_on} questions, told by {found.told_by} others",
        "",
        *_tried("Weight of keywords, nDCG@10", found.weight, "{:g}".format),
        *_tried("Chunks, nDCG@10", found.chunks, _cut),
        *_tried("Passages of an answer, recall", found.passages, str),
        *_stale(found.stale),
    ]
    if found.chunks.worth:
        lines.append(
            f"The cut is {found.chunks.chosen} in assistant/chunking.py: change it, have the "
            "documents indexed anew, and tune again. The settings are for the present cut."
        )
    return "\n".join([*lines, found.environment])


def _tried(title: str, one: Tried[Setting], name: Callable[[Setting], str]) -> list[str]:
    lines = [title, row(f"{name(one.present)} (as it is)", one.before)]
    if one.chosen != one.present:
        lines.append(f"{row(name(one.chosen), one.after)}  p = {one.chance:.3f}")
    return [*lines, f"  {'taken' if one.worth else 'kept'}: {one.why}", ""]


def _cut(limits: ChunkLimits) -> str:
    return f"{limits.target} tokens, {limits.most} at most"


def _stale(lines: Iterable[str]) -> list[str]:
    return [f"no longer judged: {line}" for line in lines]


def _table(title: str, figures: Mapping[str, Interval]) -> list[str]:
    return [title, *(row(name or "other", one) for name, one in figures.items()), ""]
