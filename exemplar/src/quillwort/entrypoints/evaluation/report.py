"""What an evaluation found, as a table for people and as JSON for programs."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from quillwort.assistant.evaluation.measures import Interval


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by their names; `compared` are other ways to search, and how chance explains them."""

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
            *(f"no longer judged: {line}" for line in self.stale),
        ]
        return "\n".join(lines).rstrip() + "\n"


def row(name: str, one: Interval) -> str:
    """Return a figure with its interval, as a line of a table."""
    return f"  {name:<34} {one.mean:.3f}  [{one.low:.3f}, {one.high:.3f}]"


def _table(title: str, figures: Mapping[str, Interval]) -> list[str]:
    return [title, *(row(name or "other", one) for name, one in figures.items()), ""]
