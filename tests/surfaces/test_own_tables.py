"""Own calibration and prices are laid over the shipped ones; a project keeps the design it was built from."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from architect import app
from architect.model.errors import InputError
from architect.verify.subject import recorded_design

WISH = "REST API with FastAPI and PostgreSQL to store orders, 200 requests per second, Kubernetes"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "backend-architect"
    folder.mkdir()
    return folder


def slower(own: Path) -> None:
    shipped = json.loads(
        (files("architect.design") / "data" / "calibration.json").read_text(encoding="utf-8")
    )
    operations = {
        name: {key: 10 * value for key, value in costs.items()}
        for name, costs in shipped["operations"].items()
    }
    (own / "calibration.json").write_text(json.dumps({**shipped, "operations": operations}))


def test_a_slower_machine_needs_more_replicas(own: Path) -> None:
    before = app.design(app.brief(WISH)).sizing
    slower(own)
    after = app.design(app.brief(WISH)).sizing
    assert after.replicas > before.replicas
    assert after.saturation_requests_per_second < before.saturation_requests_per_second * after.replicas


def test_own_prices_change_the_bill_and_are_named(own: Path) -> None:
    before = app.design(app.brief(WISH)).sizing
    (own / "prices.yaml").write_text(
        "date: 2026-01-02\nproviders:\n  aws:\n    title: ours\n    managed: true\n    prices:\n"
        "      vcpu: {usd: 500, because: our contract}\n"
    )
    after = app.design(app.brief(WISH)).sizing
    assert after.monthly_usd > before.monthly_usd
    assert any("2026-01-02" in figure.because for figure in after.figures)


def test_damaged_prices_are_one_clear_line(own: Path) -> None:
    (own / "prices.yaml").write_text("date: [")
    with pytest.raises(InputError, match=r"prices\.yaml"):
        app.design(app.brief(WISH))


def test_a_project_is_verified_against_the_design_it_was_built_from(own: Path, tmp_path: Path) -> None:
    design = app.design(app.brief(WISH))
    app.write(app.build(design), tmp_path / "shop", lambda _path: None)
    slower(own)
    known = app.complete(app.brief(str(tmp_path / "shop" / "architect.yaml")))
    assert recorded_design(tmp_path / "shop", known).sizing == design.sizing
    assert app.design(known).sizing != design.sizing


def test_a_lost_record_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"design\.json"):
        recorded_design(tmp_path, app.complete(app.brief(WISH)))
