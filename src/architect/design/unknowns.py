"""What a brief may leave open: one row for each unknown, with its plausible answers.

Whether a row becomes a question is computed; that it stands here only says that it may be one. Leave a
number's answers wide enough to cover what people really run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from architect.design.paths import INTERFACES

Value = float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An unknown: its path, the question, the plausible answers by label, the unit of a number."""

    path: str
    text: str
    answers: Mapping[str, Value]
    unit: str = ""
    unset: str = ""
    """Label of leaving it unknown, where nothing is assumed for it; such a row keeps it as an answer."""


def numbers(*values: float, unit: str = "") -> dict[str, Value]:
    """Return plausible numbers by their labels."""
    # From a million on, %g would write an exponent.
    return {f"{value:,g}{unit}" if value < 1e6 else f"{value:,.0f}{unit}": value for value in values}  # noqa: PLR2004


UNKNOWNS: Final[tuple[Unknown, ...]] = (
    Unknown(
        "load.requests_per_second",
        "How many requests a second at the busiest time?",
        numbers(5, 50, 500, 5000, 20_000),
        unit="requests/s",
    ),
    Unknown(
        "load.read_share",
        "What share of the requests only reads?",
        {"half": 0.5, "nine in ten": 0.9, "almost all": 0.99},
        unit="of the requests reading",
    ),
    Unknown(
        "load.concurrent_users",
        "How many people use it at the same time?",
        {"none, only programs": 0, **numbers(50, 500, 5000, 50_000)},
        unit="people at once",
    ),
    Unknown(
        "load.latency.milliseconds",
        "How fast must it answer (95 of 100 requests)?",
        numbers(20, 100, 300, 1000, unit=" ms"),
        unit="ms",
    ),
    Unknown(
        "load.latency.percentile",
        "For how many of 100 requests does the time hold?",
        numbers(50, 95, 99),
        unit="percent of the requests",
    ),
    Unknown(
        "load.availability",
        "How much of a month must it be up?",
        {
            "99% (7 hours of downtime)": 99.0,
            "99.5% (3.6 hours)": 99.5,
            "99.9% (44 minutes)": 99.9,
            "99.95% (22 minutes)": 99.95,
            "99.99% (4 minutes)": 99.99,
        },
        unit="% of the time",
    ),
    Unknown(
        "data.records",
        "How many records will it keep?",
        numbers(10_000, 1_000_000, 100_000_000, 1_000_000_000),
        unit="records",
    ),
    Unknown(
        "data.gigabytes",
        "How many gigabytes will it keep?",
        numbers(1, 50, 500, 5000, unit=" GB"),
        unit="GB",
    ),
    Unknown(
        "data.retention_days",
        "For how many days are records kept?",
        numbers(90, 365, 1825, 3650),
        unit="days",
    ),
    Unknown(
        "deployment.target",
        "Where will it run?",
        {
            "Kubernetes": "kubernetes",
            "Compose on one machine": "compose",
            "virtual machines": "vm",
            "functions (serverless)": "serverless",
        },
    ),
    Unknown(
        "deployment.cloud",
        "Whose machines are they?",
        {
            "AWS": "aws",
            "Google Cloud": "gcp",
            "Azure": "azure",
            "Hetzner": "hetzner",
            "our own": "on_premises",
        },
    ),
    Unknown("deployment.regions", "In how many regions must it run?", numbers(1, 2), unit="regions"),
    Unknown(
        "team.developers", "How many developers will look after it?", numbers(1, 3, 8, 20), unit="developers"
    ),
    Unknown(
        "team.knows",
        "Which of these does the team already run?",
        {
            "PostgreSQL": ("postgresql",),
            "MySQL": ("mysql",),
            "MongoDB": ("mongodb",),
            "Kubernetes": ("kubernetes",),
            "PostgreSQL and Kubernetes": ("postgresql", "kubernetes"),
        },
        unset="nothing in particular",
    ),
    Unknown(
        "budget.infrastructure_usd_per_month",
        "How much may it cost a month?",
        numbers(50, 200, 1000, 5000, unit=" USD"),
        unit="USD a month",
        unset="no fixed limit",
    ),
    Unknown(
        "security.authentication",
        "How do callers show who they are?",
        {
            "tokens of an own issuer (JWT)": ("jwt",),
            "a sign-in provider (OpenID Connect)": ("oidc",),
            "API keys": ("api_key",),
            "client certificates (mTLS)": ("mtls",),
            "not at all": ("none",),
        },
    ),
    Unknown(
        "security.tenancy",
        "Do several organisations share it?",
        {"one organisation": "single", "several, kept apart": "multi"},
    ),
    Unknown(
        "security.personal_data",
        "Does it keep data about people?",
        {"yes": "true", "no": "false"},
    ),
    Unknown(
        "security.compliance",
        "Which rules does it fall under?",
        {
            "GDPR": ("gdpr",),
            "HIPAA": ("hipaa",),
            "PCI DSS": ("pci_dss",),
            "HIPAA and GDPR": ("hipaa", "gdpr"),
        },
        unset="none that we know",
    ),
    Unknown(
        INTERFACES,
        "Who calls it?",
        {
            "browsers, apps, partners (REST)": ("rest",),
            "our other services only (gRPC)": ("grpc",),
            "both": ("rest", "grpc"),
            "both, and others are told of changes (events)": ("rest", "grpc", "events"),
        },
    ),
    Unknown(
        "integrations",
        "Which systems are there already that it must live with?",
        {
            "a sign-in provider": ("sso:keycloak",),
            "an API gateway": ("gateway:kong",),
            "a MySQL database": ("database:mysql",),
            "a MongoDB database": ("database:mongodb",),
            "Redis": ("cache:redis",),
            "RabbitMQ": ("broker:rabbitmq",),
            "two services that call by gRPC": ("grpc:first", "grpc:second"),
        },
        unset="none",
    ),
    Unknown(
        "workflows",
        "Does one action change the data of several services, all or nothing (consistency)?",
        {"yes, and it must be undone when a step fails": ("workflow",)},
        unset="no, one service's data at a time",
    ),
)
