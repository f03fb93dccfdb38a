"""The boxes and arrows of the system, out of the choices."""

from collections.abc import Iterator
from typing import Final

from architect.design.case import Case
from architect.model.brief import Integration
from architect.model.design import Component, Link

SQL_STORES: Final = ("postgresql", "mysql")
TOKENS: Final = ("jwt", "oidc")
USES: Final = {"messaging": "publishes events", "cache": "keeps answers", "rate_limiting": "counts requests"}
IN_PROCESS_STORES: Final = ("sqlite",)


def service_name(case: Case) -> str:
    """Return the name of the service that is designed."""
    service = case.brief.services[0]
    if service.name:
        return service.name.value
    return case.brief.name.value if case.brief.name else "service"


def components_of(case: Case) -> tuple[Component, ...]:
    """Return the boxes: people, callers, the service, its stores, what it depends on."""
    return tuple(_components(case))


def links_of(case: Case) -> tuple[Link, ...]:
    """Return the arrows between the boxes."""
    return tuple(_links(case))


def _components(case: Case) -> Iterator[Component]:
    needs, purpose = case.needs, case.brief.purpose
    name = service_name(case)
    if needs.users:
        yield Component("people", "person", "browser or app", f"{needs.users:,.0f} at once")
    if needs.internal_callers:
        yield Component(
            "calling services", "system", _caller_protocol(case), f"{needs.internal_callers} or more"
        )
    technology = ", ".join(
        (case.choice("framework"), case.choice("interface_style"), case.choice("deployment"))
    )
    yield Component(name, "service", technology, purpose.value if purpose else "the service that is designed")
    for other in case.brief.services[1:]:
        if other.name:
            yield Component(other.name.value, "service", "", "another service of this system")
    store = case.choice("datastore")
    if store not in IN_PROCESS_STORES:
        yield Component(
            store,
            "database",
            case.choice("database_topology"),
            f"{needs.gigabytes:,g} GB, {needs.records:,.0f} records",
        )
    for product, role in _stores(case):
        yield Component(
            product, "broker" if role == "messaging" else "cache", product, role.replace("_", " ")
        )
    if case.choice("identity") in TOKENS:
        yield Component(
            "issuer", "external", case.choice("identity"), "signs tokens; its public keys are fetched by URL"
        )
    for integration in _others(case):
        yield Component(integration.name, "external", integration.product, integration.kind)


def _stores(case: Case) -> Iterator[tuple[str, str]]:
    """Yield (product, first role) of each store beside the database, every product once."""
    seen: set[str] = set()
    for role in ("cache", "messaging", "rate_limiting"):
        product = case.choice(role)
        if product in {"none", "http", "in_process", "queue_table", "gateway"} or product in seen:
            continue
        seen.add(product)
        yield product, role


def _caller_protocol(case: Case) -> str:
    return "gRPC" if case.choice("interface_style") != "rest" else "REST"


def _links(case: Case) -> Iterator[Link]:
    name, style = service_name(case), case.choice("interface_style")
    if case.needs.users:
        yield Link("people", name, "gRPC-web" if style == "grpc" else "REST", "reads and writes")
    if case.needs.internal_callers:
        yield Link("calling services", name, _caller_protocol(case), "reads and writes")
    yield from _store_links(case, name)
    if case.choice("identity") in TOKENS:
        yield Link(name, "issuer", "HTTPS", "fetches public keys")
        if case.needs.users:
            yield Link("people", "issuer", "HTTPS", "sign in")
    yield from _outward(case, name)


def _store_links(case: Case, name: str) -> Iterator[Link]:
    store = case.choice("datastore")
    if store not in IN_PROCESS_STORES:
        yield Link(name, store, "SQL" if store in SQL_STORES else "driver", "reads and writes records")
    for product, role in _stores(case):
        yield Link(name, product, product, USES[role])


def _outward(case: Case, name: str) -> Iterator[Link]:
    named = {service.name.value for service in case.brief.services[1:] if service.name}
    for called in dict.fromkeys(case.needs.calls):
        if called in named:
            yield Link(name, called, "gRPC", "calls")
    for integration in _others(case):
        yield Link(name, integration.name, integration.kind, f"uses {integration.product}".strip())


def _others(case: Case) -> Iterator[Integration]:
    """Yield the integrations that are no box yet."""
    boxes = {service_name(case), case.choice("datastore"), *(product for product, _ in _stores(case))}
    for integration in case.needs.integrations:
        if integration.name not in boxes and integration.product not in boxes:
            yield integration
