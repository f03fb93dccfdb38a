"""What a brief asks that no single decision sees."""

from collections.abc import Iterator

from architect.design.assistant import retrieves
from architect.design.case import Case


def of_brief(case: Case) -> Iterator[str]:
    """Yield one line for each contradiction or gap, with what would mend it."""
    brief, needs = case.brief, case.needs
    if needs.cloud not in case.tables.providers:
        yield (
            f"deployment.cloud: no prices for {needs.cloud or 'it'}: {case.provider.title}'s are used; "
            "give a price list of your own"
        )
    vector = brief.prefer.vector_store
    if vector and vector.value in needs.avoid:
        yield f"avoid: {vector.value} is also prefer.vector_store; drop one of them"
    yield from _records_apart(case)
    if needs.availability >= 100:  # noqa: PLR2004 # percent
        yield "load.availability: 100% cannot be promised; say how many minutes a month it may be down"


def _records_apart(case: Case) -> Iterator[str]:
    """Yield that the records do not go where the vectors do, when nobody said where they go."""
    vectors, records = case.brief.prefer.vector_store, case.brief.prefer.database
    apart = vectors is not None and vectors.value == "sqlite" and retrieves(case.brief)
    if apart and records is not None and (records.value, records.provenance) == ("postgresql", "inferred"):
        yield (
            "prefer.vector_store: the SQLite file keeps passages and vectors; the records stay in "
            "PostgreSQL, the one database that is written"
        )
