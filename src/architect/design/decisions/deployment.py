"""Where it runs: Kubernetes, Compose on one machine, virtual machines, or functions.

The least that reaches the availability and carries the load, hours of care included.
"""

from math import ceil
from typing import Final

from architect.design.case import SECONDS_PER_MONTH, Case
from architect.design.rule import DECISIONS, Explanation, Rule, offer, wish_at
from architect.design.sizing.cost import elastic_cores
from architect.design.sizing.demand import demand
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

TITLES: Final = {
    "kubernetes": "Kubernetes",
    "compose": "Compose on one machine",
    "vm": "Virtual machines behind a load balancer",
    "serverless": "Functions (serverless)",
}
REPLICATED_FROM: Final = 99.5
"""Availability in percent above which one machine is not enough."""


def _context(case: Case) -> str:
    needs = case.needs
    return (
        f"{needs.rate:,g} requests/s at {needs.availability:g}% availability, "
        f"{needs.developers:g} developers, {case.provider.title}, {needs.regions} region(s)."
    )


def _options(case: Case) -> tuple[Option, ...]:
    cores = case.cores(demand(case).cpu_ms) / case.number("size.utilisation")
    needed = min(case.needs.availability, max(reach(case, name) for name in TITLES))
    return tuple(build(case, cores, needed) for build in (_kubernetes, _compose, _machines, _serverless))


def _explain(case: Case, choice: str) -> Explanation:
    needs = case.needs
    warnings = []
    best = max(reach(case, name) for name in TITLES)
    if best < needs.availability:
        mend = "lower the target" if needs.regions > 1 else "state two regions, or lower the target"
        warnings.append(
            f"load.availability: {needs.availability:g}% is asked and {best:g}% can be reached; {mend}"
        )
    if choice == "serverless" and needs.streaming:
        warnings.append(
            "assistant.streaming: functions cut long answers off; choose another deployment.target"
        )
    consequences = [f"Reaches {reach(case, choice):g}% at most."]
    if choice == "kubernetes":
        consequences += [
            "Probes, disruption budget and rolling updates come with it; so do its upgrades.",
            "Configuration is kept by kustomize overlays.",
        ]
    elif choice == "compose":
        consequences.append("An update or a reboot of the machine is downtime.")
    elif choice == "vm":
        consequences.append("Releases roll from machine to machine behind the load balancer.")
    return Explanation(
        drivers=(
            f"{needs.availability:g}% availability",
            f"{needs.rate:,g} requests/s",
            f"{needs.developers:g} developers",
        ),
        consequences=tuple(consequences),
        confirmed_by="manifests: each fits its schema, offline; boot: it refuses what is unsafe",
        patterns=(
            Pattern(
                "twelve-factor configuration", "the same image everywhere, settings from the environment"
            ),
        ),
        libraries=(Library("kustomize", "overlays without templates", "helm"),)
        if choice == "kubernetes"
        else (),
        warnings=tuple(warnings),
    )


def reach(case: Case, name: str) -> float:
    """Return the availability in percent a target reaches; a second region lifts all but one machine's."""
    constant = case.tables.constants.get(f"reach.{name}")
    one = constant.value if constant else 0.0
    return max(one, case.number("reach.regions")) if case.needs.regions > 1 and name != "compose" else one


def _short(case: Case, name: str, needed: float) -> str | None:
    if reach(case, name) >= needed:
        return None
    return f"reaches {reach(case, name):g}% and {case.needs.availability:g}% is asked"


def _too_much_care(case: Case, hours: float) -> str | None:
    can = case.needs.developers * case.number("people.hours_a_month") * case.number("people.care_share")
    return f"takes {hours:.0f} h/month of care and the team can give {can:.0f}" if hours > can else None


def _kubernetes(case: Case, cores: float, needed: float) -> Option:
    name = "kubernetes"
    least = 2 * case.number("size.least_millicores") / 1000
    bought = max(
        case.number("machine.least_vcpu"),
        elastic_cores(case, max(cores, least)) / case.number("node.packing"),
    )
    one = bought * case.core_usd() + case.price("control_plane") + case.price("load_balancer")
    hours = case.care("kubernetes", product=name) + (
        0.0 if case.provider.managed else case.care("own_cluster")
    )
    return offer(
        case,
        name,
        TITLES[name],
        gives=("replicas, rolling updates, probes and healing without a script", "grows by a number"),
        costs=(
            f"a control plane at {case.price('control_plane'):.0f} USD/month",
            f"{hours:.1f} h/month of care",
        ),
        usd=one * case.needs.regions,
        usd_from=f"{bought:.1f} vCPU of nodes, control plane, load balancer; x {case.needs.regions}",
        hours=hours * case.needs.regions,
        figures=_figures(case, name, 0.5),
        infeasible=_short(case, name, needed) or _too_much_care(case, hours),
    )


def _compose(case: Case, cores: float, needed: float) -> Option:
    name = "compose"
    largest = case.number("machine.largest_vcpu")
    bought = max(case.number("machine.least_vcpu"), cores)
    return offer(
        case,
        name,
        TITLES[name],
        gives=("one file, one machine, one command", "the cheapest way to run it"),
        costs=("the machine's loss is an outage of some 45 minutes", "an update stops it for seconds"),
        usd=bought * case.core_usd(),
        usd_from=f"one machine of {bought:.2g} vCPU with memory",
        hours=case.care("compose", product=name),
        figures=_figures(case, name, case.number("recovery.restore_minutes")),
        infeasible=_short(case, name, needed)
        or ("one machine cannot be in two regions" if case.needs.regions > 1 else None)
        or (f"{cores:.0f} cores are more than one machine of {largest:.0f}" if cores > largest else None),
    )


def _machines(case: Case, cores: float, needed: float) -> Option:
    name = "vm"
    largest = case.number("machine.largest_vcpu")
    alone = cores * case.number("size.utilisation") / case.number("size.after_failure")
    pair = case.needs.availability > REPLICATED_FROM
    count = max(2.0, alone / largest + 1) if pair else max(1.0, cores / largest)
    each = max(case.number("machine.least_vcpu"), cores / count, alone / (count - 1) if pair else 0.0)
    hours = case.care("vm") + count * case.care("machine")
    return offer(
        case,
        name,
        TITLES[name],
        gives=("nothing between the service and the system", "machines that every operator knows"),
        costs=(
            f"{ceil(count)} machines to patch and watch",
            "releases, healing and growth are scripts of your own",
        ),
        usd=(count * each * case.core_usd() + case.price("load_balancer")) * case.needs.regions,
        usd_from=f"{count:.3g} machines of {each:.3g} vCPU, load balancer; x {case.needs.regions}",
        hours=hours * case.needs.regions,
        figures=_figures(case, name, 1.0 if count > 1 else case.number("recovery.restore_minutes")),
        infeasible=_short(case, name, needed) or _too_much_care(case, hours),
    )


def _serverless(case: Case, cores: float, needed: float) -> Option:
    name = "serverless"
    style = case.choice("interface_style")
    millions = case.requests_a_month() / 1e6
    seconds = (cores / case.needs.rate + 0.005) * case.number("serverless.gigabytes")
    sold = case.sells("function_million")
    usd = 0.0
    if sold:
        usd = millions * (case.price("function_million") + case.price("gateway_million"))
        usd += millions * 1e6 * seconds * case.price("function_gigabyte_second") + case.price(
            "connection_proxy"
        )
    cold = case.number("serverless.cold_ms")
    slow = 1 - case.number("serverless.cold_share")
    late = cold > case.needs.latency_ms and case.needs.percentile >= slow * 100
    return offer(
        case,
        name,
        TITLES[name],
        gives=("no machine to patch; nothing is paid while nobody calls",),
        costs=(
            f"a new instance answers after {cold:.0f} ms",
            "bound to the provider; local runs differ from the real ones",
        ),
        usd=usd * case.needs.regions,
        usd_from=f"{millions:,.1f} million requests/month, gateway, {seconds * 1000:.1f}MB-s each, proxy",
        hours=case.care("serverless", product=name) * case.needs.regions,
        figures=_figures(case, name, 0.5),
        infeasible=_short(case, name, needed)
        or (None if sold else f"{case.provider.title} sells no functions")
        or ("functions hold no gRPC connections" if style != "rest" else None)
        or (
            f"p{case.needs.percentile:g} under {case.needs.latency_ms:g} ms would meet cold starts"
            if late
            else None
        ),
    )


def _figures(case: Case, name: str, recovery: float) -> tuple[Figure, ...]:
    level = case.tables.constants.get(f"reach.{name}")
    because = level.because if level else ""
    if case.needs.regions > 1 and name != "compose":
        because = case.tables.constants["reach.regions"].because
    budget = (100 - case.needs.availability) / 100 * SECONDS_PER_MONTH / 60
    return (
        Figure("availability", reach(case, name), "%", "assumed", because),
        Figure("recovery", recovery, "min", "assumed", "time until another replica or machine answers"),
        Figure(
            "downtime allowed",
            round(budget, 1),
            "min/month",
            "computed",
            f"(100 - {case.needs.availability:g})% of 730 h",
        ),
    )


DECISIONS.add(
    "deployment",
    Rule(
        title="Deployment",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("interface_style", "framework"),
        wished=wish_at("deployment.target"),
    ),
)
