"""How well the exemplar's search ranks judged collections: nDCG@10 of both halves alone and of each fusion.

    cd exemplar && PYTHONPATH=src .venv/bin/python ../benchmarks/retrieval_quality.py FOLDER...

A folder holds either ``documents/`` and ``questions.toml``, as ``make evaluate`` reads them, or what
BEIR (Thakur et al. 2021) ships: ``corpus.jsonl`` with _id, title and text, ``queries.jsonl`` with _id and
text, and ``qrels/test.tsv`` with query, document and grade. Collections are not ours to ship; the figures
in docs/adr/0003 say which were used. Runs on the exemplar's environment, with the service's own search.
"""

import asyncio
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Final, get_args

from quillwort.adapters.embedding.minilm import MiniLm
from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.evaluation.measures import difference_by_chance, interval
from quillwort.assistant.evaluation.memory import memory_index
from quillwort.assistant.evaluation.retrieval import EVALUATOR, ranked, values
from quillwort.assistant.evaluation.tuning import Remembering
from quillwort.assistant.loading import Loaded
from quillwort.assistant.passages import Block
from quillwort.assistant.ranking import Fusion, Ranking
from quillwort.assistant.search_service import MAX_HITS, MAX_QUESTION, SearchService
from quillwort.entrypoints.evaluation import reading

DEPTH: Final = 10
FUSIONS: Final[Sequence[Fusion]] = get_args(Fusion)


@dataclass(frozen=True, slots=True)
class Beir:
    """Documents, queries by their ids, and the grades of documents for each query."""

    documents: Mapping[str, Loaded]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


async def measured(folder: Path) -> dict[Fusion, list[float]]:
    """Return nDCG@10 of each question by each way to search."""
    embedder = Remembering(MiniLm())
    if (folder / "corpus.jsonl").exists():
        beir = read_beir(folder)
        index = await memory_index(beir.documents, embedder, ChunkLimits())
        return {
            fusion: await _graded(SearchService(index, embedder, Ranking(fusion)), beir) for fusion in FUSIONS
        }
    questions = reading.questions(folder / "questions.toml")
    index = await memory_index(reading.documents(folder / "documents"), embedder, ChunkLimits())
    return {
        fusion: values(await ranked(SearchService(index, embedder, Ranking(fusion)), questions))
        for fusion in FUSIONS
    }


def read_beir(folder: Path) -> Beir:
    """Return a collection in BEIR's form; queries without a relevant document are left out."""
    documents = {each["_id"]: _document(each) for each in _lines(folder / "corpus.jsonl")}
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "qrels/test.tsv").open(encoding="utf-8") as file:
        for query, document, grade in list(csv.reader(file, delimiter="\t"))[1:]:
            if int(grade) > 0:
                grades[query][document] = int(grade)
    queries = {
        each["_id"]: each["text"] for each in _lines(folder / "queries.jsonl") if each["_id"] in grades
    }
    return Beir(documents, queries, grades)


async def _graded(search: SearchService, beir: Beir) -> list[float]:
    """Return nDCG@10 over documents, each ranked by its best passage."""
    told = []
    for key, query in beir.queries.items():
        found = await search.search(EVALUATOR, query[:MAX_QUESTION], MAX_HITS)
        names = list(dict.fromkeys(hit.name for hit in found.hits))[:DEPTH]
        ideal = sorted(beir.grades[key].values(), reverse=True)[:DEPTH]
        told.append(_gain([beir.grades[key].get(name, 0) for name in names]) / _gain(ideal))
    return told


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _document(entry: Mapping[str, str]) -> Loaded:
    title, text = entry.get("title", ""), entry["text"]
    heading = [Block("heading", title, 1)] if title else []
    return Loaded(title=title, media_type="text/plain", blocks=(*heading, Block("paragraph", text)))


def _lines(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main() -> None:
    """Print a table for each folder that is named."""
    for folder in map(Path, sys.argv[1:]):
        told = asyncio.run(measured(folder))
        sys.stdout.write(f"{folder.name}: {len(told['convex'])} questions, nDCG@{DEPTH}\n")
        for fusion, found in told.items():
            one, chance = interval(found), difference_by_chance(told["convex"], found)
            told_by = f"{one.mean:.4f} [{one.low:.4f}, {one.high:.4f}]"
            sys.stdout.write(f"  {fusion:<16} {told_by}  p against convex {chance:.4f}\n")


if __name__ == "__main__":
    main()
