import pytest
from briefs import DEMO, EMPTY, brief

from architect.design.assistant_assumptions import ASSISTANT_ASSUMPTIONS
from architect.design.assumptions import ASSUMPTIONS, complete
from architect.design.tables import shipped
from architect.model.fact import Fact


@pytest.mark.parametrize("known", [EMPTY, DEMO], ids=["empty", "demo"])
def test_every_row_of_the_table_is_filled_with_a_reason(known: object) -> None:
    whole = complete(EMPTY if known is EMPTY else DEMO)
    for row in ASSUMPTIONS:
        fact = whole.at(row.path)
        assert isinstance(fact, Fact), row.path
        assert fact.because


def test_what_was_said_stays() -> None:
    whole = complete(DEMO)
    for path, fact in DEMO.facts():
        held = whole.at(path)
        assert held == fact or (isinstance(held, tuple) and fact in held)
    assert whole.services == DEMO.services


def test_filling_twice_changes_nothing() -> None:
    once = complete(EMPTY)
    assert complete(once) == once
    assert all(fact.provenance == "assumed" for _, fact in once.facts())


def test_what_a_decision_settles_stays_open() -> None:
    whole = complete(EMPTY)
    assert whole.deployment.target is None
    assert whole.security.authentication == ()
    assert whole.budget.infrastructure_usd_per_month is None
    assert len(whole.services) == 1


def test_people_and_requests_follow_from_each_other() -> None:
    from_people = complete(brief({"load.concurrent_users": 3000}))
    assert from_people.number("load.requests_per_second") == 300  # 3,000 people, 1.5 requests every 15 s
    from_requests = complete(brief({"load.requests_per_second": 300.0}))
    assert from_requests.number("load.concurrent_users") == 3000


def test_records_and_gigabytes_follow_from_each_other() -> None:
    from_records = complete(brief({"data.records": 10_000_000}))
    gigabytes = from_records.number("data.gigabytes")
    assert gigabytes == 13.5  # 0.5 kB a row, 1.5 rows a record, 1.8 for indexes
    from_gigabytes = complete(brief({"data.gigabytes": gigabytes}))
    assert from_gigabytes.number("data.records") == 10_000_000


def test_keys_and_certificates_mean_that_nobody_signs_in() -> None:
    only_keys = complete(brief({"security.authentication": ("api_key",)}))
    assert only_keys.number("load.concurrent_users") == 0
    keys_and_people = complete(brief({"security.authentication": ("api_key", "oidc")}))
    assert keys_and_people.number("load.concurrent_users") == 500


def test_one_machine_is_not_assumed_to_do_more_than_it_can() -> None:
    assert complete(brief({"deployment.target": "compose"})).number("load.availability") == 99.5


def test_a_budget_for_one_machine_promises_no_more_than_one_reaches() -> None:
    path = "budget.infrastructure_usd_per_month"
    assert complete(brief({path: 100.0})).number("load.availability") == 99.5
    assert complete(brief({path: 1000.0})).number("load.availability") == 99.9
    assert complete(brief({path: 100.0, "deployment.cloud": "hetzner"})).number("load.availability") == 99.9


def test_every_default_is_used_and_has_a_reason() -> None:
    defaults = shipped().defaults
    assert set(defaults) <= {row.path for row in (*ASSUMPTIONS, *ASSISTANT_ASSUMPTIONS)}
    assert all(default.because for default in defaults.values())
    assert all(row.method for row in (*ASSUMPTIONS, *ASSISTANT_ASSUMPTIONS))
