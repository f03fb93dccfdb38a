"""C4 context and container diagrams as Mermaid."""

import re
from collections.abc import Iterator
from typing import Final

from architect.model.design import Component, Design, Link

OUTSIDE: Final = ("system", "external")
SHAPES: Final = {
    "service": "Container",
    "database": "ContainerDb",
    "cache": "ContainerDb",
    "broker": "ContainerQueue",
}


def mermaid(design: Design) -> str:
    """Return both diagrams as fenced Mermaid blocks, ready for a Markdown page."""
    return "\n".join((*fenced(context(design)), "", *fenced(container(design)))) + "\n"


def context(design: Design) -> str:
    """Return the C4 context diagram: people, the system as one box, what is around it."""
    inside = {each.name for each in design.components if each.kind in SHAPES}
    name = _system(design)
    lines = [
        "C4Context",
        f"  title Context of {_text(name)}",
        f'  System(the_system, "{_text(name)}", "{_purpose(design)}")',
    ]
    lines += [f"  {_outer(each)}" for each in design.components if each.kind not in SHAPES]
    seen: set[tuple[str, str, str]] = set()
    for link in design.links:
        source = "the_system" if link.source in inside else _alias(link.source)
        target = "the_system" if link.target in inside else _alias(link.target)
        if source != target and (source, target, link.description) not in seen:
            seen.add((source, target, link.description))
            lines.append(f"  {_rel(source, target, link)}")
    return "\n".join(lines)


def container(design: Design) -> str:
    """Return the C4 container diagram: the system's processes and stores."""
    name = _system(design)
    lines = ["C4Container", f"  title Containers of {_text(name)}"]
    lines += [f"  {_outer(each)}" for each in design.components if each.kind not in SHAPES]
    lines.append(f'  System_Boundary(the_system, "{_text(name)}") {{')
    lines += [
        f'    {SHAPES[each.kind]}({_alias(each.name)}, "{_text(each.name)}", "{_text(each.technology)}", '
        f'"{_text(each.description)}")'
        for each in design.components
        if each.kind in SHAPES
    ]
    lines.append("  }")
    lines += [f"  {_rel(_alias(link.source), _alias(link.target), link)}" for link in design.links]
    return "\n".join(lines)


def fenced(diagram: str) -> Iterator[str]:
    """Yield the lines of a Markdown block that shows a diagram."""
    yield "```mermaid"
    yield diagram
    yield "```"


def _rel(source: str, target: str, link: Link) -> str:
    return f'Rel({source}, {target}, "{_text(link.description)}", "{_text(link.protocol)}")'


def _outer(component: Component) -> str:
    shape = "Person" if component.kind == "person" else "System_Ext"
    described = ", ".join(part for part in (component.technology, component.description) if part)
    return f'{shape}({_alias(component.name)}, "{_text(component.name)}", "{_text(described)}")'


def _system(design: Design) -> str:
    if design.brief.name:
        return design.brief.name.value
    return next((each.name for each in design.components if each.kind == "service"), "service")


def _purpose(design: Design) -> str:
    return _text(design.brief.purpose.value) if design.brief.purpose else "the system that is designed"


def _alias(name: str) -> str:
    """Return a Mermaid identifier; the prefix keeps it apart from Mermaid's own words."""
    return "c_" + (re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_").lower() or "unnamed")


def _text(text: str) -> str:
    """Return text that cannot leave its quotes or its line; long text is cut at 100 characters."""
    plain = " ".join(text.replace('"', "'").replace(";", ",").split())
    return plain if len(plain) <= 100 else plain[:99] + "…"  # noqa: PLR2004 # see the docstring
