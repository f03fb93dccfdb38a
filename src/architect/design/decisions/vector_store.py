"""Where passages, postings and vectors are kept: beside the rows, in a file, or in a server of its own.

The infrastructure figure is the disk and the memory of the index; the database itself is the matter of
``datastore``.
"""

from typing import Final

from architect.design.assistant import retrieves
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, known, offer, wish_at
from architect.design.sizing.corpus import asked
from architect.design.sizing.index import Index, exact_ms, file_index, index
from architect.design.sizing.store import (
    opensearch_usd,
    pgvector_usd,
    qdrant_usd,
    sqlite_usd,
)
from architect.design.sizing.streams import peak
from architect.design.words import counted
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

LIBRARIES: Final = {
    "pgvector": (Library("pgvector", "vectors as a PostgreSQL type, with HNSW and filters", "vchord"),),
    "sqlite": (Library("numpy", "exact search over blobs, filters included", "sqlite-vec"),),
    "qdrant": (Library("qdrant-client", "the vendor's asynchronous client", "httpx"),),
    "opensearch": (Library("opensearch-py", "the project's asynchronous client", "elasticsearch"),),
}
SEARCH_SERVERS: Final = ("opensearch", "elasticsearch")
ONE_MACHINE: Final = 99.5
"""Availability in percent that one machine reaches; see ``reach.compose``."""


def _context(case: Case) -> str:
    found, bare = index(case), file_index(case)
    return (
        f"{counted(found.passages, 'passage')}, {found.vectors:,} vectors of {found.dimensions} dimensions: "
        f"{found.gigabytes:,.2f} GB on disk and {found.memory_gib:,.2f} GiB to search in "
        f"with a graph, {bare.gigabytes:,.2f} GB and {bare.memory_gib:,.2f} GiB without; "
        f"{peak(case):.2g} questions/s at the peak, rights: {asked(case).access}."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_pgvector(case), _sqlite(case), _qdrant(case), _opensearch(case))


def _sizes(found: Index) -> tuple[Figure, ...]:
    graphed = found.graph_bytes > 0
    graph = f", graph {found.graph_bytes / 1e9:,.2f}" if graphed else ""
    links = " and HNSW: 4 bytes a dimension, m x (2 + 1/(m-1)) links of 6, 60 of headers, m = 16"
    return (
        computed("vectors", found.vectors, "", f"one for each of {found.passages:,} passages"),
        computed(
            "index on disk",
            round(found.gigabytes, 3),
            "GB",
            f"text {found.text_bytes / 1e9:,.2f}, postings {found.postings_bytes / 1e9:,.2f}, vectors "
            f"{found.vector_bytes / 1e9:,.2f} (4 bytes a dimension){graph}",
        ),
        computed(
            "index in memory",
            round(found.memory_gib, 3),
            "GiB",
            f"vectors{links if graphed else ': 4 bytes a dimension, and no graph'}",
        ),
    )


def _pgvector(case: Case) -> Option:
    found, (usd, told) = index(case), pgvector_usd(case)
    there = case.choice("datastore") == "postgresql"
    most = case.number("size.largest_primary_vcpu") * case.number("vector.gib_per_vcpu")
    apart = "the graph competes with the rows for the database's memory"
    return offer(
        case,
        "pgvector",
        "PostgreSQL with pgvector",
        gives=(
            "text, postings, vectors and rights in one engine, one backup, one transaction",
            "the same from the laptop on",
        ),
        costs=(*_filtering(case), apart if there else "a second engine beside the one for the rows"),
        usd=usd,
        usd_from=told,
        hours=case.care("pgvector") + (0.0 if there else _server_hours(case)),
        figures=(
            *_sizes(found),
            known(case, "search", "search.graph_milliseconds"),
            known(case, "recall under a 5% filter without iterative_scan", "search.unscanned_recall"),
        ),
        infeasible=f"the graph needs {found.memory_gib:,.0f} GiB and one primary has {most:,.0f}"
        if found.memory_gib > most
        else None,
    )


def _filtering(case: Case) -> tuple[str, ...]:
    if not asked(case).filtered:
        return ()
    left = case.number("search.unscanned_recall")
    return (f"filters need iterative_scan (pgvector 0.8), else a 5% filter leaves {left:.0%} of the recall",)


def _sqlite(case: Case) -> Option:
    usd, told = sqlite_usd(case)
    alone = case.choice("datastore") == "sqlite"
    hours = case.care("vectors_sqlite") + (0.0 if alone else case.care("second_store"))
    return offer(
        case,
        "sqlite",
        "One SQLite file",
        gives=("no server: text, postings and vectors in one file", "exact search, exact under every filter"),
        costs=(
            "one machine, one writer",
            "all vectors within reach are compared for each question",
            *(() if alone else ("a second store beside the database",)),
        ),
        usd=usd,
        usd_from=told,
        hours=hours,
        figures=(
            *_sizes(file_index(case)),
            computed(
                "exact search",
                round(exact_ms(case), 1),
                "ms",
                "22 ms measured at 100,000 x 384, in proportion",
            ),
            known(case, "keyword search at 100,000 passages", "search.postings_milliseconds"),
        ),
        infeasible=_not_in_a_file(case),
        written=True,
    )


def _not_in_a_file(case: Case) -> str | None:
    found, most = file_index(case), case.number("sqlite.most_gigabytes")
    if case.choice("deployment") not in {"compose", "vm"}:
        return f"needs a disk of its own and {case.choice('deployment')} moves replicas between machines"
    if case.needs.regions > 1:
        return "lives on one machine and two regions are asked"
    if case.choice("deployment") == "vm" and case.needs.availability > ONE_MACHINE:
        return f"lives on one machine and {case.needs.availability:g}% needs two"
    if found.gigabytes > most:
        return f"{found.gigabytes:,.0f} GB in one file; {most:,.0f} is the most that is still copied as one"
    takes, patience = exact_ms(case), case.number("search.most_exact_milliseconds")
    if takes > patience:
        return f"comparing all {found.vectors:,} vectors takes {takes:,.0f} ms; {patience:g} is the most"
    return None


def _server_hours(case: Case) -> float:
    """Return the care of text in one store and vectors in another, with their rights."""
    return case.care("second_store") + (case.care("second_rights") if asked(case).filtered else 0.0)


def _qdrant(case: Case) -> Option:
    there, (usd, told) = case.needs.runs("qdrant"), qdrant_usd(case)
    return offer(
        case,
        "qdrant",
        "Qdrant",
        gives=(
            "vectors in int8: a quarter of the memory; grows by shards",
            "filters are part of its graph search",
        ),
        costs=(
            "a change is no longer one transaction: text here, vectors there",
            *(("rights are kept in two stores",) if asked(case).filtered else ()),
            *(() if there else ("a server to run, secure and back up",)),
        ),
        usd=usd,
        usd_from=told,
        hours=(0.0 if there else case.care("qdrant", product="qdrant")) + _server_hours(case),
        figures=(*_sizes(index(case)), known(case, "memory of int8", "index.quantised")),
    )


def _opensearch(case: Case) -> Option:
    usd, told = opensearch_usd(case)
    named = any(case.needs.runs(name) for name in SEARCH_SERVERS)
    there = named or not case.needs.knows.isdisjoint(SEARCH_SERVERS)
    return offer(
        case,
        "opensearch",
        "OpenSearch",
        gives=("keywords, vectors and filters in a cluster that is there",),
        costs=("a change is no longer one transaction: text here, index there",),
        usd=usd,
        usd_from=told,
        hours=case.care("opensearch") + _server_hours(case),
        figures=_sizes(index(case)),
        infeasible=None if there else "nobody runs it yet, and three nodes for one index are not worth it",
    )


def _explain(case: Case, choice: str) -> Explanation:
    needs, found = asked(case), index(case)
    searched = file_index(case) if choice == "sqlite" else found
    consequences = {
        "pgvector": (
            "Document, passages, postings and vectors change in one transaction, and so does a deletion.",
            "hnsw.iterative_scan = relaxed_order under every filter; ef_search is set for each query.",
        ),
        "sqlite": (
            "Vectors are blobs; a search reads them in one pass and filters before it scores.",
            "Growing beyond one machine is a move to PostgreSQL behind the same port.",
        ),
        "qdrant": (
            "Changes reach it through the outbox; a search that is ahead of it drops what is gone.",
            "No server could be run for the tests: its port is tested against the client's local mode.",
        ),
        "opensearch": ("Changes reach it through the outbox; its refresh interval adds to the freshness.",),
    }
    return Explanation(
        drivers=(
            f"{found.vectors:,} vectors, {searched.memory_gib:,.2f} GiB",
            f"the records live in {case.choice('datastore')}",
            f"rights: {needs.access}; searchable within {needs.fresh_minutes:g} min",
        ),
        consequences=consequences.get(choice, ("It stands behind the same port as the others.",)),
        confirmed_by="retrieval: the deleted document is gone from text, postings and vectors; "
        "security_access: the document that this caller may not see is not found",
        patterns=(
            Pattern("repository", "one port for passages, so that the search never sees a store"),
            Pattern("row-level access", "rights are a condition of the search, not a filter after it"),
        ),
        libraries=LIBRARIES.get(choice, ()),
    )


DECISIONS.add(
    "vector_store",
    Rule(
        title="Vector store",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("retrieval", "embedding_model", "chunking", "datastore", "deployment"),
        wished=wish_at("prefer.vector_store"),
        applies=retrieves,
    ),
)
