"""The whole design as one Markdown document."""

from collections.abc import Iterator

from architect.design.render.diagrams import container, context, fenced
from architect.design.render.records import lines as record
from architect.design.render.tables import bullets, figures, table
from architect.model.brief import Brief
from architect.model.design import Design
from architect.model.entity import Entity


def markdown(design: Design) -> str:
    """Return the document: what was understood, warnings, diagrams, decisions, sizing, records."""
    return "\n".join(_lines(design)).rstrip() + "\n"


def _lines(design: Design) -> Iterator[str]:
    brief = design.brief
    yield f"# Design of {brief.name.value if brief.name else 'the service'}"
    yield ""
    if brief.purpose:
        yield brief.purpose.value
        yield ""
    for title, body in (
        ("What was understood", _understood(brief)),
        ("Warnings", bullets(design.warnings)),
        ("Context", fenced(context(design))),
        ("Containers", fenced(container(design))),
        ("Decisions", _overview(design)),
        ("Sizing", figures(design.sizing.figures)),
    ):
        yield f"## {title}"
        yield ""
        yield from body
        yield ""
    yield "## Decision records"
    yield ""
    for decision in design.decisions:
        yield from record(decision, 3)


def _understood(brief: Brief) -> Iterator[str]:
    yield from table(
        ("what", "value", "how", "because"),
        ((path, _plain(fact.value), fact.provenance, fact.because) for path, fact in brief.facts()),
    )
    yield ""
    yield from bullets(_entities(brief))
    if brief.unread:
        yield ""
        yield "Not understood, and so not part of this design:"
        yield ""
        yield from bullets(brief.unread)


def _entities(brief: Brief) -> Iterator[str]:
    for service in brief.services:
        name = service.name.value if service.name else "service"
        for fact in service.entities:
            entity: Entity = fact.value
            fields = ", ".join(f"{each.value.name} ({each.value.kind})" for each in entity.fields)
            yield f"**{entity.name}** of {name} ({fact.provenance}): {fields or 'no fields named'}"


def _overview(design: Design) -> Iterator[str]:
    yield from table(
        ("decision", "choice", "asked for", "turns first at"),
        (
            (
                decision.title,
                decision.chosen.title,
                decision.wish.wished if decision.wish else "",
                decision.flips[0].sentence if decision.flips else decision.unflipped,
            )
            for decision in design.decisions
        ),
    )


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.10g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
