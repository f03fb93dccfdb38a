"""The issuer for development."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from quillwort.adapters.identity.development import DevelopmentIssuer
from quillwort.adapters.identity.factory import open_verifier
from quillwort.adapters.identity.jwks import KeySet
from quillwort.adapters.identity.jwt import JwtVerifier
from quillwort.domain.errors import Unauthenticated
from quillwort.entrypoints.cli.token import Token
from quillwort.kit.settings import load
from quillwort.settings import Settings


async def test_its_tokens_are_believed_by_its_key(tmp_path: Path) -> None:
    issuer = DevelopmentIssuer(tmp_path)
    token = issuer.token("me", "you", {"sub": "alice", "scope": "a:read"}, 60)
    verifier = JwtVerifier(
        KeySet(DevelopmentIssuer(tmp_path).jwks_url(), 1.0), "me", "you", "sub", "groups"
    )
    principal = await verifier.verify(f"Bearer {token}", "")
    assert (principal.subject, principal.scopes) == ("alice", {"a:read"})
    spent = issuer.token("me", "you", {"sub": "alice"}, -1)
    with pytest.raises(Unauthenticated):
        await verifier.verify(f"Bearer {spent}", "")


def test_its_private_key_is_for_the_user_alone_and_not_published(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path).jwks_url()
    assert (tmp_path / "private.pem").stat().st_mode & 0o077 == 0
    (key,) = json.loads((tmp_path / "jwks.json").read_text())["keys"]
    assert "d" not in key


async def test_a_printed_token_says_the_groups_that_were_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command, parser, settings = Token(), ArgumentParser(), load(Settings)
    command.configure(parser)
    given = ["--subject", "alice", "--group", "legal", "--group", "Human Resources"]
    for arguments, groups in (([], set()), (given, {"legal", "Human Resources"})):
        command.run(settings, parser.parse_args(arguments))
        token = capsys.readouterr().out.strip()
        principal = await open_verifier(settings.auth).verify(f"Bearer {token}", "")
        assert principal.groups == groups
