"""Which embedder serves, and which settings stop a start."""

import subprocess
import sys

import pytest
from pydantic import SecretStr, ValidationError

from embedding_server import EmbeddingServer, Reply
from quillwort.adapters.embedding import factory
from quillwort.adapters.embedding.estimate import estimated_tokens
from quillwort.adapters.embedding.factory import counting, open_embedders
from quillwort.adapters.embedding.minilm import MiniLm, count_tokens
from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.kit.settings import SettingsError

GERMAN = "Der Mieter bezahlt Reparaturen bis zweihundert Euro. " * 4


async def test_without_an_address_the_built_in_model_is_all_there_is() -> None:
    async with open_embedders(EmbeddingSettings()) as embedders:
        assert [embedder.name for embedder in embedders] == [MiniLm.name]
    assert counting(EmbeddingSettings()) is count_tokens


async def test_with_an_address_the_built_in_model_stands_behind(
    settings: EmbeddingSettings,
) -> None:
    async with open_embedders(settings) as embedders:
        assert [embedder.name.partition("@")[0] for embedder in embedders] == [
            "words",
            "all-MiniLM-L6-v2",
        ]
    assert counting(settings) is estimated_tokens


async def test_an_address_needs_its_extra(
    settings: EmbeddingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factory.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"requirements/embedding\.txt"):
        async with open_embedders(settings):
            pass


def test_a_service_without_an_address_imports_no_client() -> None:
    code = (
        "import sys, quillwort.adapters.embedding.factory\n"
        "sys.exit(str({'httpx2'} & set(sys.modules) or ''))"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter, with our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (1, "")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(401, body=b"no such key"), "401: no such key"),
        (Reply(404, body=b"no such model"), "404: no such model"),
        (Reply(400, body=b"invalid model"), "400: invalid model"),
        (Reply(body=b'{"data": [{"index": 0, "embedding": [1.0, 2.0]}]}'), "EMBEDDING_DIMENSIONS"),
    ],
)
async def test_what_no_text_can_be_embedded_with_stops_the_start(
    server: EmbeddingServer, settings: EmbeddingSettings, reply: Reply, says: str
) -> None:
    server.reply(reply)
    with pytest.raises(SettingsError, match=says):
        async with open_embedders(settings):
            pass


async def test_a_server_that_is_away_stops_no_start(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    server.reply(Reply(503, body=b"{}"))
    async with open_embedders(settings) as (wanted, _):
        assert wanted.name.startswith("words@")


@pytest.mark.parametrize("missing", ["model", "dimensions"])
def test_an_address_needs_a_model_and_its_dimensions(missing: str) -> None:
    given = {"url": "https://embeddings.example/v1", "model": "m", "dimensions": 64}
    del given[missing]
    with pytest.raises(ValidationError, match="EMBEDDING_URL"):
        EmbeddingSettings.model_validate(given)


@pytest.mark.parametrize(
    ("url", "key", "refused"),
    [
        ("https://embeddings.example/v1", "sk", False),
        ("http://embeddings.example/v1", "sk", True),
        ("http://embeddings.example/v1", "", False),
        ("http://127.0.0.1:8080/v1", "sk", False),
    ],
)
def test_production_sends_no_key_that_others_can_read(url: str, key: str, *, refused: bool) -> None:
    settings = EmbeddingSettings(url=url, model="m", dimensions=64, api_key=SecretStr(key))
    assert bool(list(settings.unsafe())) is refused


def test_an_estimate_is_seldom_below_what_a_tokenizer_of_english_makes() -> None:
    english = "The tenant pays for repairs of up to two hundred euros each. " * 4
    assert estimated_tokens(english) >= count_tokens(english)
    assert estimated_tokens(GERMAN) > len(GERMAN.split())
    assert estimated_tokens("") == 0
