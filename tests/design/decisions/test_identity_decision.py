import pytest
from briefs import EMPTY, Value, brief, choice, option

from architect.design.engine import design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "oidc"),
        ({"load.concurrent_users": 20_000}, "jwt"),
        ({"load.concurrent_users": 20_000, "integrations": ("sso:keycloak",)}, "oidc"),
        ({"load.concurrent_users": 20_000, "deployment.cloud": "on_premises"}, "oidc"),
        ({"load.concurrent_users": 0, "avoid": ("oidc",)}, "api_key"),
        ({"security.authentication": ("jwt",)}, "jwt"),
        ({"security.authentication": ("mtls", "jwt")}, "mtls"),
    ],
)
def test_who_calls_decides(values: dict[str, Value], chosen: str) -> None:
    assert choice("identity", values) == chosen


def test_a_provider_is_paid_by_its_users() -> None:
    free = option(brief({"load.concurrent_users": 400}), "identity", "oidc")
    paid = option(brief({"load.concurrent_users": 1500}), "identity", "oidc")
    assert free.figures[0].value == 0  # 8,000 users a month of 10,000 free ones
    assert paid.figures[0].value == pytest.approx(20_000 * 0.015)


def test_nobody_is_never_our_own_choice() -> None:
    made = design(brief({"load.concurrent_users": 0, "security.personal_data": False}))
    assert made.choice("identity") != "none"
    assert option(EMPTY, "identity", "none").infeasible is not None


def test_tokens_bring_the_library_that_verifies_them() -> None:
    decision = design(brief({"security.authentication": ("jwt",)})).decision("identity")
    assert decision.libraries[0].name == "pyjwt[crypto]"
    assert decision.confirmed_by.startswith("security_identity, security_access: ")
    assert any("algorithm" in line or "confused" in line for line in decision.consequences)
