"""What the search index weighs on disk and in memory, and how long a search takes in it."""

from dataclasses import dataclass, replace
from typing import Final

from architect.design.case import Case, once
from architect.design.sizing.corpus import FLOAT_BYTES, embedder, passages, tokens_per_document

MEASURED_VECTORS: Final = 100_000
MEASURED_DIMENSIONS: Final = 384
"""Size of the search that was measured; exact search reads every number once, so time goes with both."""
GIB: Final = 2**30


@dataclass(frozen=True, slots=True)
class Index:
    """Bytes of text, postings, vectors and the graph over them; how many vectors, of how many dimensions.

    A store that compares all vectors has no graph, of 0 bytes.
    """

    passages: int
    vectors: int
    dimensions: int
    text_bytes: float
    postings_bytes: float
    vector_bytes: float
    graph_bytes: float

    @property
    def gigabytes(self) -> float:
        """All of it on disk, decimal."""
        return (self.text_bytes + self.postings_bytes + self.vector_bytes + self.graph_bytes) / 1e9

    @property
    def memory_gib(self) -> float:
        """Vectors and graph: what a search goes through."""
        return (self.vector_bytes + self.graph_bytes) / GIB


@once
def index(case: Case) -> Index:
    """Return the index of the corpus as it is cut and embedded, with a graph over its vectors.

    A vector takes four bytes a dimension; HNSW adds 2m links on its lowest layer and m on each higher one,
    of which an element is on 1/(m-1), and the headers of the element.
    """
    cut, model = passages(case), embedder(case)
    vectors = 0 if case.choice("retrieval") == "keyword" else cut.count
    links = case.number("index.neighbours")
    element = links * (2 + 1 / (links - 1)) * case.number("index.link_bytes")
    text = cut.count * case.number("index.passage_bytes")
    tokens = cut.all_tokens or tokens_per_document(case)
    return Index(
        passages=cut.count,
        vectors=vectors,
        dimensions=model.dimensions,
        text_bytes=text + tokens * case.number("corpus.bytes_per_token"),
        postings_bytes=tokens * case.number("index.postings_bytes"),
        vector_bytes=vectors * model.dimensions * FLOAT_BYTES,
        graph_bytes=vectors * (element + case.number("index.element_bytes")),
    )


def file_index(case: Case) -> Index:
    """Return the index of the corpus in one file, where vectors are compared one by one."""
    return replace(index(case), graph_bytes=0.0)


def kept_index(case: Case) -> Index:
    """Return the index of the corpus as the chosen store keeps it."""
    return file_index(case) if case.choice("vector_store") == "sqlite" else index(case)


def exact_ms(case: Case) -> float:
    """Return the milliseconds of an exact search over all vectors, in proportion to the measured one."""
    found = index(case)
    size = found.vectors * found.dimensions / (MEASURED_VECTORS * MEASURED_DIMENSIONS)
    return case.number("search.exact_milliseconds") * size


def keyword_ms(case: Case) -> float:
    """Return the milliseconds of the keyword half, in proportion to the measured one."""
    return case.number("search.postings_milliseconds") * index(case).passages / MEASURED_VECTORS


def search_ms(case: Case) -> float:
    """Return the milliseconds of one search in the chosen store, the question's vector left out."""
    if not index(case).vectors:
        return keyword_ms(case)
    exact = exact_ms(case)
    dense = exact if case.choice("vector_store") == "sqlite" else min(exact, graph_ms(case))
    return dense if case.choice("retrieval") == "dense" else dense + keyword_ms(case)


def graph_ms(case: Case) -> float:
    """Return the milliseconds of a search in the graph."""
    return case.number("search.graph_milliseconds")
