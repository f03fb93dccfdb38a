"""How clients reach the service: REST, gRPC, or both over one service layer.

People and browsers need REST; calling services are cheaper to keep over gRPC.
"""

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, Wished, offer
from architect.design.words import counted
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Fact, Figure

GRPC_LIBRARIES = (
    Library(
        "grpcio", "the reference implementation; its asyncio server shares the loop with HTTP", "grpclib"
    ),
    Library("buf-bin", "lints the protos and finds breaking changes", "protolint"),
)
REST_LIBRARIES = (
    Library("pydantic", "validation at the edge in compiled code, OpenAPI from the same types", "msgspec"),
)


def _wished(brief: Brief) -> tuple[Wished, ...]:
    facts = [fact for service in brief.services for fact in service.interfaces if fact.value != "events"]
    if not facts:
        return ()
    names = {fact.value for fact in facts}
    option = "both" if len(names) > 1 else facts[0].value
    told: Fact[object] = Fact(
        option, facts[0].provenance, "; ".join(dict.fromkeys(fact.because for fact in facts))
    )
    return (Wished(option, "services[].interfaces", told),)


def _context(case: Case) -> str:
    needs = case.needs
    return (
        f"{needs.users:,.0f} people at once and {counted(needs.internal_callers, 'calling service')} "
        f"share {needs.rate:,g} requests/s."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return tuple(_option(case, name) for name in ("rest", "grpc", "both"))


def _explain(case: Case, choice: str) -> Explanation:
    needs = case.needs
    drivers = [counted(needs.internal_callers, "calling service"), f"{needs.users:,.0f} people at once"]
    consequences = ["Every door calls the same service layer: a rule of the business is written once."]
    if choice != "rest":
        consequences.append(
            "Protos are linted with every change; `buf breaking` compares them with what callers use."
        )
    if choice == "both":
        consequences.append("One process and one event loop can serve both; no second deployment.")
    gates = {"rest": "rest_contract", "grpc": "grpc_contract", "both": "rest_contract, grpc_contract"}[choice]
    return Explanation(
        drivers=tuple(drivers),
        consequences=tuple(consequences),
        confirmed_by=f"{gates}: every operation is called with good and bad input",
        patterns=(
            Pattern(
                "service layer",
                "REST and gRPC parse, call one service, map the answer; no rule lives in them",
            ),
        ),
        libraries=(REST_LIBRARIES if choice != "grpc" else ()) + (GRPC_LIBRARIES if choice != "rest" else ()),
    )


def _option(case: Case, name: str) -> Option:
    needs = case.needs
    operations = case.tables.calibration.operations
    share = {"rest": 0.0, "grpc": 1.0, "both": case.number("mix.grpc_of_requests")}[name]
    each = operations["get"].cpu_ms + share * (operations["grpc_get"].cpu_ms - operations["get"].cpu_ms)
    usd = case.compute_usd(case.cores(each))
    hours = 0.0
    gives: list[str] = []
    costs: list[str] = []
    if name != "grpc":
        hours += case.care("rest")
        gives.append("browsers, scripts and partners call it without tools; OpenAPI documents it")
    if name != "rest":
        hours += case.care("grpc")
        gives.append("calling services get typed stubs, deadlines and field masks")
    if name == "rest" and needs.internal_callers:
        hours += needs.internal_callers * case.care("hand_written_client")
        costs.append(f"{counted(needs.internal_callers, 'client')} kept by hand in calling services")
    if name == "grpc" and needs.users:
        hours += case.care("grpc_web")
        costs.append("browsers need a translating proxy")
    if name == "both":
        hours += case.care("both_shared")
        costs.append("two contracts to keep in step")
    if name != "rest":
        costs.append(f"{each:.2f} ms of CPU a read instead of {operations['get'].cpu_ms:.2f}")
    return offer(
        case,
        name,
        {"rest": "REST (JSON over HTTP)", "grpc": "gRPC", "both": "REST and gRPC"}[name],
        gives=tuple(gives),
        costs=tuple(costs),
        usd=usd,
        usd_from=f"{needs.rate:,g}/s x {each:.2f} ms, bought at the target utilisation",
        hours=hours,
        figures=(
            Figure(
                "CPU per read",
                round(each, 3),
                "ms",
                case.tables.calibration.source,
                f"calibration of {case.tables.calibration.date}: a read by REST, by gRPC",
            ),
        ),
    )


DECISIONS.add(
    "interface_style",
    Rule(
        title="Interface style",
        context=_context,
        options=_options,
        explain=_explain,
        wished=_wished,
    ),
)
