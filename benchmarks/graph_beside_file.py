"""What a graph beside a SQLite file would gain and cost: usearch next to comparing every vector.

    python -m venv /tmp/graph && /tmp/graph/bin/pip install usearch numpy
    OPENBLAS_NUM_THREADS=1 /tmp/graph/bin/python benchmarks/graph_beside_file.py [--vectors 200000]

Needs an environment of its own, since nothing here depends on usearch. Vectors of 384 dimensions around 1,000
centres; the hundred nearest of each question, by both ways in turns. docs/adr/0004 has what came of it.
"""

import argparse
import statistics
import time

import numpy as np
from usearch.index import Index  # type: ignore[import-not-found] # of the environment above

DIMENSIONS = 384
CENTRES = 1000
QUESTIONS = 50
NEAREST = 100


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--vectors", type=int, default=200_000)
    count = parser.parse_args().vectors
    source = np.random.default_rng(0)
    centres = source.standard_normal((CENTRES, DIMENSIONS), np.float32)
    beside = source.standard_normal((count + QUESTIONS, DIMENSIONS), np.float32) * np.float32(0.7)
    drawn = centres[source.integers(0, CENTRES, len(beside))] + beside
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    kept, asked = drawn[:count], drawn[count:]
    began = time.perf_counter()
    graph = Index(
        ndim=DIMENSIONS, metric="ip", dtype="f16", connectivity=16, expansion_add=128, expansion_search=200
    )
    graph.add(np.arange(count), kept, threads=2)
    print(f"built in {time.perf_counter() - began:.0f} s, {graph.memory_usage / 1e6:.0f} MB")
    took: dict[str, list[float]] = {"exact": [], "graph": []}
    recalls = []
    for vector in asked:
        began = time.perf_counter()
        products = kept @ vector
        exact = set(np.argpartition(products, -NEAREST)[-NEAREST:].tolist())
        took["exact"].append(time.perf_counter() - began)
        began = time.perf_counter()
        found = set(graph.search(vector, NEAREST).keys.tolist())
        took["graph"].append(time.perf_counter() - began)
        recalls.append(len(exact & found) / NEAREST)
    for way, seconds in took.items():
        print(f"{way} p50 {statistics.median(seconds) * 1000:.1f} ms")
    print(f"recall@{NEAREST} of the graph {statistics.fmean(recalls):.4f}")


if __name__ == "__main__":
    main()
