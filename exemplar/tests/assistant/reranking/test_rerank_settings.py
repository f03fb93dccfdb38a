"""Whether there is a reranker, and which settings stop a start."""

import subprocess
import sys

import pytest
from pydantic import SecretStr, ValidationError

from embedding_server import EmbeddingServer, Reply
from quillwort.adapters.reranking import factory
from quillwort.adapters.reranking.factory import open_reranker
from quillwort.adapters.reranking.settings import RerankSettings
from quillwort.kit.settings import SettingsError

FAILED = Reply(500, body=b"{}")


async def test_without_an_address_there_is_none() -> None:
    async with open_reranker(RerankSettings()) as reranker:
        assert reranker is None


async def test_with_an_address_the_server_scores(settings: RerankSettings) -> None:
    async with open_reranker(settings) as reranker:
        assert reranker is not None
        assert await reranker.rerank("oak", ["oak", "an oak"]) == [3.0, 6.0]


async def test_an_address_needs_its_extra(
    settings: RerankSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factory.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"requirements/embedding\.txt"):
        async with open_reranker(settings):
            pass


async def test_settings_that_the_server_refuses_stop_the_start(
    server: EmbeddingServer, settings: RerankSettings
) -> None:
    server.reply(Reply(404, body=b"no such model"))
    with pytest.raises(SettingsError, match="404: no such model"):
        async with open_reranker(settings):
            pass


async def test_a_server_that_is_away_stops_nothing(
    server: EmbeddingServer, settings: RerankSettings
) -> None:
    server.reply(FAILED)
    async with open_reranker(settings) as reranker:
        assert reranker is not None


def test_a_service_without_an_address_imports_no_client() -> None:
    code = (
        "import sys, quillwort.adapters.reranking.factory\n"
        "sys.exit(str({'httpx2'} & set(sys.modules) or ''))"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter, with our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (1, "")


@pytest.mark.parametrize(
    "wrong", [{"url": "rerankers.example"}, {"url": "http://x/v1"}, {"timeout_seconds": 0}]
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RerankSettings.model_validate(wrong)


def test_production_lets_no_key_travel_readable() -> None:
    def unsafe(url: str, key: str) -> list[str]:
        given = RerankSettings(url=url, model="lengths", api_key=SecretStr(key))
        return list(given.unsafe())

    assert unsafe("https://rerankers.example/v1", "sk-1") == []
    assert unsafe("http://rerankers.example/v1", "") == []
    assert len(unsafe("http://rerankers.example/v1", "sk-1")) == 1
