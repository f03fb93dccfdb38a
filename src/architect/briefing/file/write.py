"""A Brief to architect.yaml: values with comments that tell where each came from.

What was assumed is written as a comment, so that reading the file back leaves it unknown and the design
assumes the same again; taking the ``#`` away settles it. Inside ``services`` everything is written as a
value, assumed or not: an entity without its fields would be another one. What came from a document
carries no comment.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Final

import yaml

from architect.model.brief import Brief, Integration, Service, Workflow
from architect.model.entity import Entity, Field, States
from architect.model.fact import Fact

_HEAD: Final = (
    "# What is wanted of this backend. A comment tells where its value came from: stated (your words),"
    " inferred or assumed.\n"
    "# A line that is commented out was assumed: take the # away to settle it, or leave it and let the"
    " design assume it again.\n"
)
_FROM_A_DOCUMENT = re.compile(r".+:\d+$")
_LONGEST_COMMENT: Final = 100
_SECTIONS: Final = (
    "load",
    "data",
    "deployment",
    "team",
    "budget",
    "security",
    "prefer",
    "avoid",
    "integrations",
    "services",
    "workflows",
    "assistant",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its text without the comment, the comment, and whether the whole line is one."""

    text: str
    comment: str = ""
    out: bool = False

    def written(self) -> str:
        indent = len(self.text) - len(self.text.lstrip())
        text = f"{self.text[:indent]}# {self.text[indent:]}" if self.out else self.text
        return f"{text}  # {self.comment}" if self.comment else text


def text_of(brief: Brief) -> str:
    """Return the brief as the text of an architect.yaml that reads back to the same wishes."""
    lines: list[_Line] = []
    for name in ("intent", "name", "purpose"):
        lines += _entry(name, getattr(brief, name), 0)
    for name in _SECTIONS:
        lines += list(_section(name, getattr(brief, name)))
    return _HEAD + "\n" + "".join(f"{line.written()}\n" for line in lines)


def _section(name: str, value: object) -> Iterator[_Line]:
    if name == "services" and isinstance(value, tuple):
        yield from _services(value)
    elif name == "workflows" and isinstance(value, tuple):
        yield from _workflows(value)
    elif name == "integrations" and isinstance(value, tuple):
        yield from _integrations(value)
    elif isinstance(value, tuple):
        yield from _entry(name, value, 0)
    elif is_dataclass(value):
        yield from _group(name, value, 0)


def _group(name: str, value: object, depth: int) -> Iterator[_Line]:
    """Yield a mapping's lines; one whose every value is assumed is commented out with its key."""
    inner: list[_Line] = []
    for each in fields(value) if is_dataclass(value) and not isinstance(value, type) else ():
        item = getattr(value, each.name)
        if is_dataclass(item) and not isinstance(item, Fact | type):
            inner += list(_group(each.name, item, depth + 1))
        else:
            inner += list(_entry(each.name, item, depth + 1))
    if inner:
        yield _Line(f"{_indent(depth)}{name}:", out=all(line.out for line in inner))
        yield from inner


def _entry(name: str, value: object, depth: int) -> list[_Line]:
    if isinstance(value, Fact):
        return [
            _Line(
                f"{_indent(depth)}{name}: {_scalar(value.value)}",
                _comment(value),
                out=value.provenance == "assumed",
            )
        ]
    if isinstance(value, tuple) and value:
        facts = [each for each in value if isinstance(each, Fact)]
        listed = ", ".join(_scalar(fact.value, in_list=True) for fact in facts)
        comment = "; ".join(dict.fromkeys(filter(None, (_comment(fact) for fact in facts))))
        out = all(fact.provenance == "assumed" for fact in facts)
        return [_Line(f"{_indent(depth)}{name}: [{listed}]", _short(comment), out=out)]
    return []


def _integrations(facts: Sequence[Fact[Integration]]) -> Iterator[_Line]:
    if not facts:
        return
    out = all(fact.provenance == "assumed" for fact in facts)
    yield _Line("integrations:", out=out)
    for fact in facts:
        each = fact.value
        pairs = {"name": each.name, "kind": each.kind, **({"product": each.product} if each.product else {})}
        yield _Line(f"  - {_flow(pairs)}", _comment(fact), out=out)


def _workflows(facts: Sequence[Fact[Workflow]]) -> Iterator[_Line]:
    if not facts:
        return
    yield _Line("workflows:")
    for fact in facts:
        yield _Line(f"  - name: {_scalar(fact.value.name)}", _comment(fact))
        yield _Line("    steps:")
        for step in fact.value.steps:
            pairs = {"service": step.service, "action": step.action}
            if step.compensation is not None:
                pairs["compensation"] = step.compensation
            yield _Line(f"      - {_flow(pairs)}")


def _services(services: Sequence[Service]) -> Iterator[_Line]:
    if not services:
        return
    yield _Line("services:")
    for service in services:
        lines = list(_service(service))
        first = lines[0].text.lstrip() if lines else "{}"
        yield _Line(f"  - {first}", lines[0].comment if lines else "")
        yield from lines[1:]


def _service(service: Service) -> Iterator[_Line]:
    if service.name is not None:
        yield _settled(service.name, f"    name: {_scalar(service.name.value)}")
    for name, facts in (("interfaces", service.interfaces), ("calls", service.calls)):
        yield from (_Line(line.text, line.comment) for line in _entry(name, facts, 2))
    if service.entities:
        yield _Line("    entities:")
        for fact in service.entities:
            yield _settled(fact, f"      {fact.value.name}:")
            yield from _entity(fact.value)


def _entity(entity: Entity) -> Iterator[_Line]:
    deep = _indent(4)
    if entity.description:
        yield _Line(f"{deep}description: {_scalar(entity.description)}")
    if entity.owned is not None:
        yield _settled(entity.owned, f"{deep}owned: {_scalar(entity.owned.value)}")
    yield _Line(f"{deep}fields:")
    for fact in entity.fields:
        yield _settled(fact, f"{deep}  {fact.value.name}: {_field(fact.value)}")
    if entity.states is not None:
        yield from _states(entity.states, deep)
    for name, values in (
        ("emits", [each.value for each in entity.emits]),
        ("filters", entity.filters),
        ("sorts", entity.sorts),
    ):
        if values or name != "emits":
            yield _Line(f"{deep}{name}: [{', '.join(_scalar(each, in_list=True) for each in values)}]")


def _states(fact: Fact[States], deep: str) -> Iterator[_Line]:
    states = fact.value
    yield _settled(fact, f"{deep}states:")
    yield _Line(f"{deep}  initial: {states.initial}")
    yield _Line(f"{deep}  names: [{', '.join(states.names)}]")
    empty = "" if states.transitions else " {}"
    yield _Line(f"{deep}  transitions:{empty}")
    for step in states.transitions:
        yield _Line(f"{deep}    {step.name}: {{from: [{', '.join(step.sources)}], to: {step.target}}}")


_FIELD_DEFAULTS: Final = Field(name="", kind="string")


def _field(field: Field) -> str:
    """Return a field in its short form where it says everything, else in its long form."""
    pairs: dict[str, object] = {"kind": field.kind}
    for each in fields(field):
        value = getattr(field, each.name)
        if each.name not in ("name", "kind") and value != getattr(_FIELD_DEFAULTS, each.name):
            pairs[each.name] = list(value) if isinstance(value, tuple) else value
    optional = "?" if not field.required else ""
    if set(pairs) <= {"kind", "required"}:
        return f"{field.kind}{optional}"
    if set(pairs) <= {"kind", "required", "references"}:
        return f"-> {field.references}{optional}"
    return _flow(pairs)


def _settled(fact: Fact[object], text: str) -> _Line:
    return _Line(text, _comment(fact))


def _comment(fact: Fact[object]) -> str:
    because = " ".join(fact.because.split())
    if fact.provenance == "stated" and _FROM_A_DOCUMENT.fullmatch(because):
        return ""
    return _short(f"{fact.provenance}: {because}")


def _short(comment: str) -> str:
    plain = "".join(char for char in comment if char.isprintable())
    return plain if len(plain) <= _LONGEST_COMMENT else f"{plain[: _LONGEST_COMMENT - 3].rstrip()}..."


def _flow(pairs: dict[str, object] | dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_inline(value)}" for key, value in pairs.items()) + "}"


def _inline(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_scalar(each, in_list=True) for each in value)}]"
    return _scalar(value, in_list=True)


def _scalar(value: object, *, in_list: bool = False) -> str:
    """Return a scalar as YAML; text is quoted where it would be read as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact there
    if isinstance(value, int):
        return str(value)
    text = str(value)
    style = None if text.isprintable() else '"'
    wrapped: object = [text] if in_list else text
    dumped = yaml.safe_dump(
        wrapped, default_style=style, default_flow_style=True, allow_unicode=style is None, width=1_000_000
    )
    dumped = dumped.strip().removesuffix("...").strip()
    return dumped[1:-1] if in_list else dumped


def _indent(depth: int) -> str:
    return "  " * depth
