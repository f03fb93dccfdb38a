"""A parsed architect.yaml to a Brief: every value in it is stated, by the line it stands in."""

from collections.abc import Iterable
from typing import Annotated, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from architect.briefing.file import entities
from architect.briefing.file.problems import raised, refused
from architect.briefing.file.shape import DocumentShape, ServiceShape
from architect.briefing.file.source import Path, Source, Value
from architect.briefing.services import ownership
from architect.briefing.terms import near_term, term_named
from architect.model.brief import Brief, Integration, Service, Workflow, WorkflowStep
from architect.model.fact import Fact

_SCALARS: Final = (
    "intent",
    "name",
    "purpose",
    "load.requests_per_second",
    "load.read_share",
    "load.concurrent_users",
    "load.latency.percentile",
    "load.latency.milliseconds",
    "load.availability",
    "data.records",
    "data.gigabytes",
    "data.retention_days",
    "deployment.target",
    "deployment.regions",
    "team.developers",
    "budget.infrastructure_usd_per_month",
    "budget.llm_usd_per_month",
    "security.tenancy",
    "security.personal_data",
    "assistant.documents",
    "assistant.pages_per_document",
    "assistant.gigabytes",
    "assistant.changes_per_day",
    "assistant.searchable_within_minutes",
    "assistant.questions_per_day",
    "assistant.streaming",
    "assistant.first_token_milliseconds",
    "assistant.answer_milliseconds",
    "assistant.access",
    "assistant.data_stays",
    "assistant.quality",
    "prefer.retrieval",
)
_PRODUCTS: Final = (
    "deployment.cloud",
    "prefer.framework",
    "prefer.database",
    "prefer.cache",
    "prefer.broker",
    "prefer.vector_store",
    "prefer.embedding_model",
    "prefer.language_model",
    "prefer.answer_cache",
)
_LISTS: Final = ("security.authentication", "assistant.tasks", "assistant.formats", "assistant.languages")
_PRODUCT_LISTS: Final = ("team.knows", "security.compliance", "avoid")
Item = TypeVar("Item")


def brief_of(source: Source) -> Brief:
    """Return the brief that a document describes.

    Raises:
        InputError: a key, a type, a value, a name or a reference is wrong; where, what and how to mend it.
    """
    raw = _lengthened(source)
    try:
        shape = DocumentShape.model_validate(raw)
    except ValidationError as error:
        raise raised(error, source, _keys_at) from None
    brief = Brief()
    for path in _SCALARS:
        brief = brief.put(path, _scalar(shape, path, source))
    for path in _PRODUCTS:
        brief = brief.put(path, _product_at(shape, path, source))
    for path in (*_LISTS, *_PRODUCT_LISTS):
        brief = brief.put(path, _list(shape, path, source, products=path in _PRODUCT_LISTS))
    brief = brief.put("integrations", _integrations(shape, source)).put(
        "workflows", _workflows(shape, source)
    )
    public = [fact.value for fact in brief.security.authentication] == ["none"]
    services = [
        _service(each, at, source, ownership(public=public)) for at, each in enumerate(shape.services or ())
    ]
    _refuse_same_names(services, source)
    return brief.put("services", tuple(services))


def _lengthened(source: Source) -> Value:
    """Return the raw document with the short forms of fields written long; what is malformed stays so."""
    raw = source.value
    if not isinstance(raw, dict) or not isinstance(raw.get("services"), list):
        return raw
    services: list[Value] = []
    listed = raw["services"]
    for at, service in enumerate(listed if isinstance(listed, list) else []):
        kept = service.get("entities") if isinstance(service, dict) else None
        if isinstance(service, dict) and isinstance(kept, dict):
            path: Path = ("services", at, "entities")
            longer: dict[str, Value] = {
                name: entities.lengthened(entity, (*path, name), source) for name, entity in kept.items()
            }
            services.append({**service, "entities": longer})
        else:
            services.append(service)
    return {**raw, "services": services}


def _keys_at(path: Path) -> Iterable[str]:
    """Return the keys that the mapping at a path may have, from the models."""
    shape: object = DocumentShape
    for step in path:
        shape = _below(shape, step)
    return _aliases(shape)


def _below(shape: object, step: str | int) -> object:
    """Return what stands under a key of a model, or inside a list or a mapping of names."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return _bare(_aliases(shape).get(str(step)))
    inner = get_args(shape)
    return _bare(inner[-1]) if inner else None


def _aliases(shape: object) -> dict[str, object]:
    if not (isinstance(shape, type) and issubclass(shape, BaseModel)):
        return {}
    return {field.alias or name: field.annotation for name, field in shape.model_fields.items()}


def _bare(annotation: object) -> object:
    """Return an annotation without ``Annotated`` and without ``None``."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if type(None) in get_args(annotation):
        return _bare(next(each for each in get_args(annotation) if each is not type(None)))
    return annotation


def _value(shape: object, path: str) -> object:
    for step in path.split("."):
        shape = getattr(shape, step, None)
    return shape


def _steps(path: str) -> Path:
    return tuple(path.split("."))


def _fact(value: Item, path: Path, source: Source) -> Fact[Item]:
    line, _ = source.place(path)
    return Fact(value, "stated", f"{source.name}:{line}")


def _scalar(shape: DocumentShape, path: str, source: Source) -> Fact[object] | None:
    value = _value(shape, path)
    return None if value is None else _fact(value, _steps(path), source)


def _product_at(shape: DocumentShape, path: str, source: Source) -> Fact[str] | None:
    value = _value(shape, path)
    return (
        _fact(_product(value, _steps(path), source), _steps(path), source) if isinstance(value, str) else None
    )


def _product(word: str, path: Path, source: Source) -> str:
    """Return a product under its vendor's name ("Postgres" -> postgresql).

    Raises:
        InputError: it is a typing error of a known one.
    """
    term = term_named(word)
    if term is not None:
        return term.name
    near = near_term(word)
    if near is not None:
        raise refused(source, path, f"unknown product {word!r}", f"did you mean {near.name!r}?")
    return "_".join(word.lower().split())


def _list(shape: DocumentShape, path: str, source: Source, *, products: bool) -> tuple[Fact[object], ...]:
    values = _value(shape, path)
    facts: list[Fact[object]] = []
    for at, value in enumerate(values if isinstance(values, list) else []):
        where = (*_steps(path), at)
        item = _product(value, where, source) if products else value
        if any(fact.value == item for fact in facts):
            raise refused(source, where, f"{path} has {value!r} twice", "remove one")
        facts.append(_fact(item, where, source))
    return tuple(facts)


def _integrations(shape: DocumentShape, source: Source) -> tuple[Fact[Integration], ...]:
    found = []
    for at, each in enumerate(shape.integrations or ()):
        found.append(_fact(Integration(each.name, each.kind, each.product), ("integrations", at), source))
    return tuple(found)


def _workflows(shape: DocumentShape, source: Source) -> tuple[Fact[Workflow], ...]:
    found = []
    for at, each in enumerate(shape.workflows or ()):
        steps = tuple(WorkflowStep(step.service, step.action, step.compensation) for step in each.steps)
        found.append(_fact(Workflow(each.name, steps), ("workflows", at), source))
    return tuple(found)


def _service(shape: ServiceShape, at: int, source: Source, owned: Fact[bool]) -> Service:
    path: Path = ("services", at)
    reader = entities.Reader(source, (*path, "entities"), owned)
    interfaces = tuple(
        _fact(each, (*path, "interfaces", index), source) for index, each in enumerate(shape.interfaces or ())
    )
    if len({fact.value for fact in interfaces}) < len(interfaces):
        raise refused(source, (*path, "interfaces"), "an interface is there twice", "remove one")
    return Service(
        name=_fact(shape.name, (*path, "name"), source) if shape.name else None,
        interfaces=interfaces,
        entities=reader.read(shape.entities or {}),
        calls=tuple(
            _fact(each, (*path, "calls", index), source) for index, each in enumerate(shape.calls or ())
        ),
    )


def _refuse_same_names(services: list[Service], source: Source) -> None:
    seen: set[str] = set()
    for at, service in enumerate(services):
        name = service.name.value if service.name else ""
        if name and name in seen:
            raise refused(
                source,
                ("services", at, "name"),
                f"the service {name!r} is there twice",
                "rename or remove one",
            )
        seen.add(name)
