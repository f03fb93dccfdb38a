"""What was understood, and why."""

from rich.console import Console
from rich.markup import escape

from architect.model.brief import Brief, Integration, Service
from architect.model.entity import Entity, Field
from architect.model.fact import Fact
from architect.surfaces.cli.render.terminal import columns, heading, how, number

UNREAD_SHOWN = 6


def show_brief(to: Console, known: Brief) -> None:
    """Print every known value of the brief with its provenance and the words it came from."""
    heading(to, "Understood", "stated: your words; inferred: follows from them; assumed: our default")
    table = columns("what", "value", "how", "because")
    for path, fact in known.facts():
        table.add_row(
            _label(path), escape(_value(fact.value)), how(fact.provenance), escape(_shortened(fact.because))
        )
    for service in known.services:
        for what, fact in _service_facts(service):
            table.add_row(
                what, escape(_value(fact.value)), how(fact.provenance), escape(_shortened(fact.because))
            )
    to.print(table)
    for service in known.services:
        _show_entities(to, service)
    if known.unread:
        heading(to, "Not read", "no rule understood these; say them otherwise if they matter")
        for sentence in known.unread[:UNREAD_SHOWN]:
            to.print(f"  - {escape(_shortened(sentence))}")
        if len(known.unread) > UNREAD_SHOWN:
            to.print(f"  ... and {len(known.unread) - UNREAD_SHOWN} more")


def _service_facts(service: Service) -> list[tuple[str, Fact[object]]]:
    facts: list[tuple[str, Fact[object]]] = []
    if service.name:
        facts.append(("service", service.name))
    facts += [("interface", each) for each in service.interfaces]
    facts += [("calls", each) for each in service.calls]
    return facts


def _show_entities(to: Console, service: Service) -> None:
    for fact in service.entities:
        entity = fact.value
        to.print()
        because = escape(_shortened(fact.because))
        to.print(f"  [bold]{escape(entity.name)}[/]  {how(fact.provenance)} [dim]{because}[/]")
        for provenance in ("stated", "inferred", "assumed"):
            fields = [each.value for each in entity.fields if each.provenance == provenance]
            if fields:
                listed = ", ".join(_field(each) for each in fields)
                to.print(f"    {how(provenance)}: {escape(listed)}")
        _show_life(to, entity)


def _show_life(to: Console, entity: Entity) -> None:
    if entity.states:
        steps = "; ".join(
            f"{step.name}: {'/'.join(step.sources)} -> {step.target}"
            for step in entity.states.value.transitions
        )
        start = escape(entity.states.value.initial)
        to.print(f"    {how(entity.states.provenance)}: status starts {start}; {escape(steps)}")
    if entity.owned and entity.owned.value:
        to.print(f"    {how(entity.owned.provenance)}: each row belongs to its owner, nobody else sees it")


def _field(field: Field) -> str:
    kind = f"-> {field.references}" if field.references else field.kind
    marks = [mark for mark, here in (("unique", field.unique), ("optional", not field.required)) if here]
    return f"{field.name} ({', '.join([kind, *marks])})"


def _label(path: str) -> str:
    steps = [step for step in path.split(".") if step not in ("load", "data", "security", "prefer")]
    text = " ".join(steps).replace("_", " ")
    return f"prefer {text}" if path.startswith("prefer.") else text


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Integration):
        return f"{value.product} ({value.kind})"
    return str(value)


def _shortened(text: str, width: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else f"{flat[: width - 3]}..."
