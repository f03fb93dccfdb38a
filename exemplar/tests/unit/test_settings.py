"""Settings."""

from pathlib import Path

import pytest

from quillwort.kit.settings import SettingsError, load
from quillwort.settings import Settings


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read no .env file."""
    monkeypatch.chdir(tmp_path)


def test_development_needs_no_settings() -> None:
    assert load(Settings).process.environment == "development"


def test_the_environment_and_a_file_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=WARNING\nSHUTDOWN_GRACE_SECONDS=7\n")
    monkeypatch.setenv("SHUTDOWN_GRACE_SECONDS", "9")
    settings = load(Settings)
    assert (settings.log.level, settings.process.shutdown_grace_seconds) == ("WARNING", 9)


def test_every_malformed_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("SHUTDOWN_GRACE_SECONDS", "soon")
    monkeypatch.setenv("ENVIRONMENT", "moon")
    with pytest.raises(SettingsError) as caught:
        load(Settings)
    named = {problem.partition(":")[0] for problem in caught.value.problems}
    assert named == {"LOG_LEVEL", "SHUTDOWN_GRACE_SECONDS", "ENVIRONMENT"}


def test_production_refuses_what_is_for_development(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    with pytest.raises(SettingsError) as caught:
        load(Settings)
    assert "DATABASE_URL" in {problem.partition(":")[0] for problem in caught.value.problems}
