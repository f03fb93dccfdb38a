"""What the store of passages costs a month: memory for vectors and graph, disk, servers of its own."""

from architect.design.case import Case
from architect.design.sizing.index import exact_ms, file_index, index
from architect.design.sizing.streams import peak


def pgvector_usd(case: Case) -> tuple[float, str]:
    """Return the price of the index in PostgreSQL, and of a PostgreSQL where there is none."""
    found = index(case)
    memory = found.memory_gib * case.price("gib")
    if case.choice("deployment") != "compose":
        memory = found.memory_gib / case.number("vector.gib_per_vcpu") * case.price("database_vcpu")
    there = case.choice("datastore") == "postgresql" or case.needs.runs("postgresql")
    machine = 0.0 if there else case.price("database_small")
    disk = found.gigabytes * case.price("database_gigabyte")
    told = f"{found.memory_gib:.2f} GiB for {memory:,.2f} USD, {found.gigabytes:.2f} GB for {disk:,.2f} USD"
    return memory + disk + machine, told if there else f"{told}, a database for {machine:,.2f} USD"


def sqlite_usd(case: Case) -> tuple[float, str]:
    """Return the price of the index in one file: its disk, the vectors in memory, the cores of searching."""
    found, milliseconds = file_index(case), exact_ms(case)
    usd = found.memory_gib * case.price("gib") + found.gigabytes * case.price("database_gigabyte")
    searching = case.compute_usd(peak(case) * milliseconds / 1000)
    told = (
        f"{found.memory_gib:.2f} GiB, {found.gigabytes:.2f} GB, "
        f"{peak(case):.2g} questions/s x {milliseconds:.1f} ms"
    )
    return usd + searching, told


def qdrant_usd(case: Case) -> tuple[float, str]:
    """Return the price of a Qdrant with int8 vectors in memory; of none where one is run already."""
    found = index(case)
    memory = found.memory_gib * case.number("index.quantised")
    disk = found.gigabytes * case.price("database_gigabyte")
    machine = 0.0 if case.needs.runs("qdrant") else case.core_usd()
    told = (
        f"{memory:.2f} GiB of int8 vectors and graph, {disk:,.2f} USD of disk, {machine:,.2f} USD of a core"
    )
    return disk + machine + memory * case.price("gib"), told


def opensearch_usd(case: Case) -> tuple[float, str]:
    """Return the price of the index in a cluster that is run anyway."""
    found = index(case)
    usd = found.memory_gib * case.price("gib") + found.gigabytes * case.price("database_gigabyte")
    return usd, f"{found.memory_gib:.2f} GiB and {found.gigabytes:.2f} GB in the cluster"


def store_usd(case: Case) -> tuple[float, str]:
    """Return the price of the chosen store; of PostgreSQL's for one without figures."""
    priced = {"sqlite": sqlite_usd, "qdrant": qdrant_usd, "opensearch": opensearch_usd}
    return priced.get(case.choice("vector_store"), pgvector_usd)(case)
