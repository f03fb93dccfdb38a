"""The web framework that the REST side stands on.

Asynchronous and typed by default; CPU counts only at high rates.
"""

from dataclasses import dataclass
from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, offer, wish_at
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

FAMILY: Final = ("fastapi", "litestar", "flask", "django")


@dataclass(frozen=True, slots=True)
class _Framework:
    title: str
    gives: str
    costs: str
    libraries: tuple[Library, ...]


UVICORN: Final = Library(
    "uvicorn", "with uvloop and httptools; granian is as fast and takes 35 MB more", "granian"
)
FRAMEWORKS: Final = {
    "fastapi": _Framework(
        "FastAPI",
        "asynchronous; validation and OpenAPI 3.1 out of the types; most answers and extensions",
        "its dependency injection is bound to the web; keep it out of the service layer",
        (
            Library("fastapi", "types in, validation and OpenAPI out; the most used of its kind", "litestar"),
            UVICORN,
        ),
    ),
    "litestar": _Framework(
        "Litestar",
        "asynchronous; the same built in, with less CPU a request",
        "a smaller community: fewer answers, fewer people who know it",
        (Library("litestar", "less CPU for each request at this rate", "fastapi"), UVICORN),
    ),
    "flask": _Framework(
        "Flask",
        "small and widely known",
        "synchronous: a thread for each request in flight; validation and OpenAPI by extensions",
        (
            Library("flask", "wished for, or known by the team", "fastapi"),
            Library("gunicorn", "threads and restarts that are well understood", "waitress"),
        ),
    ),
    "django": _Framework(
        "Django",
        "an admin, accounts and migrations in the box",
        "an object mapper at 3 to 4 times the CPU of written SQL; more parts than an API needs",
        (
            Library("django", "wished for, or known by the team", "fastapi"),
            Library("gunicorn", "threads and restarts that are well understood", "waitress"),
        ),
    ),
}


def _context(case: Case) -> str:
    style = {"both": "REST and gRPC", "grpc": "gRPC", "rest": "REST"}[case.choice("interface_style")]
    return f"The HTTP side of a service that offers {style}, at {case.needs.rate:,g} requests/s in all."


def _options(case: Case) -> tuple[Option, ...]:
    weighed = [_option(case, name) for name in FAMILY]
    only_grpc = case.choice("interface_style") == "grpc"
    weighed.append(
        offer(
            case,
            "grpcio",
            "grpc.aio alone",
            gives=("no web framework to update; health and documentation by gRPC's own services",),
            costs=("no page that a browser can open",),
            hours=case.care("grpcio"),
            infeasible=None if only_grpc else "REST was decided, and gRPC alone cannot serve it",
        )
    )
    return tuple(weighed)


def _explain(case: Case, choice: str) -> Explanation:
    known = FRAMEWORKS.get(choice)
    patterns = [
        Pattern(
            "ports and adapters", "the framework stays in entrypoints/rest; the domain imports none of it"
        ),
        Pattern("composition root", "bootstrap.py alone names concrete classes"),
    ]
    consequences = ["Middleware is pure ASGI: a BaseHTTPMiddleware would add 0.25 ms to every request."]
    if choice in {"flask", "django"}:
        consequences = ["Synchronous: gRPC runs in a process of its own."]
    return Explanation(
        drivers=(
            f"{case.needs.rate:,g} requests/s",
            f"the team knows {', '.join(sorted(case.needs.knows)) or 'nothing that was stated'}",
        ),
        consequences=tuple(consequences),
        confirmed_by="load: CPU per request beside the sizing's prediction",
        patterns=tuple(patterns),
        libraries=known.libraries if known else (),
    )


def _option(case: Case, name: str) -> Option:
    known = FRAMEWORKS[name]
    each = case.number(f"framework.{name}")
    constant = case.tables.constants[f"framework.{name}"]
    style = case.choice("interface_style")
    share = {"grpc": 0.0, "both": 1 - case.number("mix.grpc_of_requests")}.get(style, 1.0)
    synchronous = name in {"flask", "django"} and style != "rest"
    return offer(
        case,
        name,
        known.title,
        gives=(known.gives,),
        costs=(known.costs, "gRPC needs a process of its own beside it") if synchronous else (known.costs,),
        usd=case.compute_usd(case.cores(each * share)),
        usd_from=f"{case.needs.rate * share:,.0f}/s by REST x {each:.2f} ms",
        hours=case.care(name, product=name, family=FAMILY) + (case.care("separate") if synchronous else 0.0),
        figures=(Figure("CPU per request", each, "ms", constant.source, constant.because),),
    )


DECISIONS.add(
    "framework",
    Rule(
        title="Web framework",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("interface_style",),
        wished=wish_at("prefer.framework"),
    ),
)
