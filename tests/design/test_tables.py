import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

import architect.design
from architect.design.tables import load, shipped
from architect.model.errors import InputError

CONSTANT = re.compile(r'(?:number|care)\(\s*f?"([a-z_.{}]+)"')
FOLDER = Path(architect.design.__file__).parent


def test_every_number_has_a_unit_and_a_reason() -> None:
    tables = shipped()
    for name, constant in tables.constants.items():
        assert constant.unit, name
        assert len(constant.because) > 8, name
        assert constant.source in {"assumed", "measured"}
    for provider in tables.providers.values():
        assert all(price.because for price in provider.prices.values())
    assert tables.calibration.because
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", tables.prices_date)


def test_measured_parts_name_machine_and_date() -> None:
    constant = shipped().constants["part.limits_redis"]
    assert constant.source == "measured"
    assert "2026" in constant.because


def test_every_constant_is_used() -> None:
    code = "\n".join(path.read_text() for path in FOLDER.rglob("*.py"))
    exact = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', code)) | {
        f"care.{name}" for name in CONSTANT.findall(code)
    }
    by_prefix = ("undo.", "framework.", "reach.", "incident.minutes_", "care.", "part.")
    formatted = set(re.findall(r'f"([a-z_.]+)\{', code))
    unused = [
        name
        for name in shipped().constants
        if name not in exact
        and not any(name.startswith(prefix) for prefix in formatted | set(by_prefix))
        and not name.endswith(".events_per_second")
    ]
    assert unused == []


def test_every_provider_sells_what_every_system_needs() -> None:
    needed = {"vcpu", "gib", "load_balancer", "control_plane", "database_small", "database_vcpu"}
    needed |= {"database_gigabyte", "egress_gigabyte", "redis", "user", "free_users", "metrics"}
    needed |= {"gpu", "rerank_thousand"}
    for name, provider in shipped().providers.items():
        assert needed <= set(provider.prices), name


def test_own_calibration_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = asdict(shipped().calibration)
    own["machine"] = "mine"
    own["operations"]["get"]["cpu_ms"] = 9.0
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(own))
    tables = load(calibration=path)
    assert tables.calibration.machine == "mine"
    assert tables.calibration.operations["get"].cpu_ms == 9.0
    assert tables.constants == shipped().constants


def test_a_calibration_that_is_not_there_yet_is_passed_over(tmp_path: Path) -> None:
    assert load(calibration=tmp_path / "none.json") == shipped()


def test_own_prices_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text(
        "date: 2027-01-01\n"
        "providers:\n"
        "  aws: {title: AWS with our discount, managed: true, prices: {vcpu: {usd: 9, because: contract}}}\n"
        "  ours: {title: Our cellar, managed: false, prices: {vcpu: {usd: 1, because: paid long ago}}}\n"
    )
    tables = load(prices=path)
    assert tables.prices_date == "2027-01-01"
    assert tables.providers["aws"].prices["vcpu"].usd == 9
    assert tables.providers["aws"].prices["gib"] == shipped().providers["aws"].prices["gib"]
    assert tables.providers["ours"].title == "Our cellar"


def test_own_models_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text(
        "date: 2027-01-01\n"
        "language_models:\n"
        "  ours: {title: Ours, vendor: own, grade: large, stays: own_servers, input_usd: 0, output_usd: 0,\n"
        "         first_token_ms: 300, tokens_per_second: 40, because: our own weights}\n"
    )
    tables = load(prices=path)
    assert tables.models_date == "2027-01-01"
    assert tables.language_models["ours"].own
    assert tables.language_models["gpt-4.1"] == shipped().language_models["gpt-4.1"]
    assert tables.prices_date == shipped().prices_date
    assert tables.providers == shipped().providers


def test_every_model_says_where_its_price_and_its_grade_come_from() -> None:
    tables = shipped()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", tables.models_date)
    for name, model in tables.language_models.items():
        assert model.own or "seen" in model.because or "list" in model.because, name
        assert f"right.{model.grade}" in tables.constants, name
        assert model.own == (model.input_usd == 0), name
    for name, embedder in tables.embedding_models.items():
        assert embedder.because, name
        assert embedder.own == (embedder.usd == 0), name
        assert embedder.own == (embedder.megaflops_per_token > 0), name


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("prices.yaml", "date: 2027-01-01\nproviders: [", "not readable"),
        (
            "prices.yaml",
            "date: 2027-01-01\nproviders: {aws: {title: x, managed: true}}",
            "providers.aws.prices",
        ),
        ("prices.yaml", "\udcff", "not readable"),
        ("calibration.json", "{", "not readable"),
        ("calibration.json", "{}", "date"),
    ],
)
def test_a_broken_file_is_one_clear_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=re.escape(told)) as raised:
        load(**{path.stem: path})
    assert str(path) in raised.value.line()
    assert "\n" not in raised.value.line()


def test_a_calibration_without_an_operation_says_which(tmp_path: Path) -> None:
    own = asdict(shipped().calibration)
    del own["operations"]["grpc_get"]
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(own))
    with pytest.raises(InputError, match="grpc_get"):
        load(calibration=path)


def test_prices_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load(prices=tmp_path / "none.yaml")
