"""What a brief asks that no single decision sees."""

from collections.abc import Iterator

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
    if needs.availability >= 100:  # noqa: PLR2004 # percent
        yield "load.availability: 100% cannot be promised; say how many minutes a month it may be down"
