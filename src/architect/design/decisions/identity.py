"""Who calls: tokens of an own issuer, of a provider, keys, certificates, or nobody asks."""

from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, Wished, offer
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

TITLES: Final = {
    "jwt": "JWT of an own issuer (JWKS)",
    "oidc": "OpenID Connect provider",
    "api_key": "API keys",
    "mtls": "Client certificates (mTLS)",
    "none": "No authentication",
}
SIGN_IN: Final = ("sso", "oidc", "identity")
"""Kinds of integrations that sign people in already."""


def _wished(brief: Brief) -> tuple[Wished, ...]:
    return tuple(
        Wished(fact.value, "security.authentication", fact) for fact in brief.security.authentication
    )


def _context(case: Case) -> str:
    needs = case.needs
    data = "personal data" if needs.personal_data else "no personal data"
    regimes = ", ".join(needs.regimes) or "none"
    return (
        f"{needs.users:,.0f} people at once, some {_monthly(case):,.0f} a month, {data}; regimes: {regimes}."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_oidc(case), _jwt(case), _api_key(case), _mtls(case), _none(case))


def _monthly(case: Case) -> float:
    return case.needs.users * case.number("traffic.monthly_users_per_concurrent")


def _cpu(case: Case, constant: str) -> Figure:
    found = case.tables.constants[constant]
    return Figure("CPU per request", found.value, "ms", found.source, found.because)


def _jwt(case: Case) -> Option:
    return offer(
        case,
        "jwt",
        TITLES["jwt"],
        gives=("no provider to pay or to depend on", "verified in the process, without a call"),
        costs=("keys, rotation, sign-in and resets are yours", "a token holds until it expires"),
        hours=case.care("jwt"),
        figures=(_cpu(case, "part.jwt_cached"),),
    )


def _oidc(case: Case) -> Option:
    there = case.needs.has(*SIGN_IN)
    paid = 0.0 if there else max(0.0, _monthly(case) - case.price("free_users"))
    return offer(
        case,
        "oidc",
        TITLES["oidc"],
        gives=("sign-in, resets and second factors are the provider's", "the same verification by JWKS"),
        costs=("a provider that must be up when people sign in",)
        + (
            ()
            if there
            else (
                f"{case.price('user'):g} USD for each user of a month beyond {case.price('free_users'):,.0f}",
            )
        ),
        usd=paid * case.price("user"),
        usd_from=f"{paid:,.0f} paid users a month" + (", a provider is there already" if there else ""),
        hours=case.care("oidc"),
        figures=(_cpu(case, "part.jwt_cached"),),
    )


def _api_key(case: Case) -> Option:
    return offer(
        case,
        "api_key",
        TITLES["api_key"],
        gives=("simple for programs",),
        costs=("no expiry by itself, no person behind it",),
        hours=case.care("api_key"),
        infeasible="people sign in, and a key says nothing of who they are" if case.needs.users else None,
    )


def _mtls(case: Case) -> Option:
    return offer(
        case,
        "mtls",
        TITLES["mtls"],
        gives=("no secret ever travels",),
        costs=("a certificate authority, and every client's renewals",),
        hours=case.care("mtls"),
        infeasible="people's browsers would need certificates" if case.needs.users else None,
    )


def _none(case: Case) -> Option:
    needs = case.needs
    reason = "anyone who reaches it could read and change every record"
    if needs.personal_data:
        reason += ", and records name people"
    if needs.multi_tenant:
        reason += ", of every tenant"
    return offer(
        case,
        "none",
        TITLES["none"],
        gives=("nothing to run",),
        costs=("no owner, no limit for each caller, no trace of who did what",),
        infeasible=reason,
    )


def _explain(case: Case, choice: str) -> Explanation:
    needs = case.needs
    tokens = choice in {"jwt", "oidc"}
    return Explanation(
        drivers=(
            f"{_monthly(case):,.0f} people a month",
            "a sign-in system is there" if needs.has(*SIGN_IN) else "no sign-in system was named",
            "personal data" if needs.personal_data else "no personal data",
        ),
        consequences=(
            "Asymmetric keys by JWKS; unsigned and confused tokens are refused; verified ones are cached.",
            "Scopes say what may be done, the owner claim whose rows; another owner's row is 'not found'.",
            "A development issuer stands in and refuses to run in production.",
        )
        if tokens
        else ("Every caller may do everything.",)
        if choice == "none"
        else ("Callers are programs; rows belong to the program that wrote them.",),
        confirmed_by="security_identity, security_access: forged and confused tokens, another owner's rows",
        patterns=(
            Pattern("strategy", "verifiers behind one port: JWKS by URL, by file, the development issuer"),
            Pattern("factory", "the settings alone decide which verifier is made"),
        )
        if tokens
        else (),
        libraries=(Library("pyjwt[crypto]", "small, typed, asymmetric keys by cryptography", "joserfc"),)
        if tokens
        else (),
    )


DECISIONS.add(
    "identity",
    Rule(
        title="Identity and authorisation",
        context=_context,
        options=_options,
        explain=_explain,
        wished=_wished,
    ),
)
