"""Checks that apply run on one context; the others are left out with their reason."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

from architect.model.brief import Brief, Security, Service
from architect.model.entity import Entity
from architect.model.fact import Fact
from architect.model.report import Finding
from architect.verify import applies
from architect.verify.bench import Bench, Shared
from architect.verify.checks import MOST, Check, Notes, run_checks
from architect.verify.sheet import Sheet
from architect.verify.subject import Subject


def subject(*interfaces: str, authentication: str = "jwt", owned: bool = True) -> Subject:
    entity = Fact(Entity("Note", owned=Fact(owned, "stated", "")), "stated", "")
    service = Service(interfaces=tuple(Fact(each, "stated", "") for each in interfaces), entities=(entity,))
    security = Security(authentication=(Fact(authentication, "stated", ""),))
    return Subject(Path("/nowhere"), "notes", "notes", Brief(security=security, services=(service,)))


def bench(of: Subject, sheet: Sheet) -> Bench:
    return Bench(of, sheet, cast("Shared", None), lambda _: None)


async def finds(context: str) -> list[Finding]:
    return [Finding("finds", "error", context)]


async def passes(_context: str) -> list[Finding]:
    return []


def ran(of: Subject, checks: dict[str, Check[str]], wanted: tuple[str, ...]) -> tuple[Sheet, list[str]]:
    sheet, opened = Sheet(wanted), []

    @contextlib.asynccontextmanager
    async def open_once(_bench: Bench) -> AsyncIterator[str]:
        opened.append("once")
        yield "the context"

    asyncio.run(run_checks(bench(of, sheet), checks, open_once))
    return sheet, opened


def test_wanted_checks_share_one_context():
    checks = {"finds": Check(finds), "passes": Check(passes), "unwanted": Check(finds)}
    sheet, opened = ran(subject("rest"), checks, ("finds", "passes"))
    result = sheet.result("gate", 0.0)
    assert opened == ["once"]
    assert result.checks == ("finds", "passes")
    assert [finding.message for finding in result.findings] == ["the context"]
    assert result.outcome == "failed"


def test_nothing_is_opened_for_checks_that_do_not_apply():
    checks = {"passes": Check(passes, applies.grpc)}
    sheet, opened = ran(subject("rest"), checks, ("passes",))
    result = sheet.result("gate", 0.0)
    assert opened == []
    assert result.outcome == "skipped"
    assert result.reason == "passes: the service has no gRPC interface"


def test_what_applies_depends_on_the_brief():
    assert not applies.ownership(subject("rest"))
    assert applies.ownership(subject("rest", owned=False)) == "no entity has an owner"
    assert applies.ownership(subject("rest", authentication="none")) == "the service identifies nobody"
    assert applies.callers_or_one_door(subject("rest", "grpc", authentication="none"))
    assert not applies.callers_or_one_door(subject("grpc", authentication="none"))
    assert applies.states(subject("rest")) == "no entity has states"


def test_notes_keep_what_does_not_hold_and_no_more_than_enough():
    notes = Notes("check", "mend it")
    assert notes.expect(holds=True, message="fine", where="here")
    for number in range(MOST + 5):
        assert not notes.expect(holds=False, message=str(number), where="here", seen="x" * 5000)
    assert len(notes.findings) == MOST
    assert notes.findings[0].mend == "mend it"
    assert len(notes.findings[0].evidence) < 1000
