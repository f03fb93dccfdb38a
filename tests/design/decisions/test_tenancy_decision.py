import pytest
from briefs import Value, brief, choice, option


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "single"),
        ({"security.tenancy": "multi"}, "shared_tables"),
        ({"security.tenancy": "multi", "load.concurrent_users": 40}, "schema_per_tenant"),
        (
            {"security.tenancy": "multi", "load.concurrent_users": 40, "prefer.database": "mongodb"},
            "shared_tables",
        ),
        (
            {
                "security.tenancy": "multi",
                "load.concurrent_users": 300,
                "security.compliance": ("hipaa", "gdpr"),
            },
            "schema_per_tenant",
        ),
    ],
)
def test_tenants_and_regimes_decide(values: dict[str, Value], chosen: str) -> None:
    assert choice("tenancy", values) == chosen


def test_the_number_of_tenants_is_told() -> None:
    found = option(
        brief({"security.tenancy": "multi", "load.concurrent_users": 500}), "tenancy", "database_per_tenant"
    )
    assert {each.name: each.value for each in found.figures}["tenants"] == 20
    assert found.figures[0].value == 20 * 15
