"""The command that calls a method by name."""

import asyncio
import json

import pytest

from grpc_serving import Operations, Serving
from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.entrypoints.grpc import call

pytestmark = pytest.mark.usefixtures("lines")

GET = "google.longrunning.Operations/GetOperation"


async def run(serving: Serving, *arguments: str) -> int:
    return await asyncio.to_thread(call.main, [f"127.0.0.1:{serving.port}", *arguments])


async def test_the_answer_is_json(serving: Serving, capsys: pytest.CaptureFixture[str]) -> None:
    status = await run(serving, GET, '{"name": "seven"}', "--token", "alice")

    printed = capsys.readouterr()
    assert status == 0
    assert json.loads(printed.out)["name"] == "seven"
    assert printed.err == ""


async def test_answers_that_stream_are_told_as_they_come(
    serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    status = await run(serving, "grpc.health.v1.Health/Watch", "--timeout", "0.5")

    printed = capsys.readouterr()
    assert status == 1
    assert json.loads(printed.out) == {"status": "SERVING"}
    assert json.loads(printed.err)["code"] == "DEADLINE_EXCEEDED"


async def test_an_error_status_is_json_with_its_details(
    serving: Serving, operations: Operations, capsys: pytest.CaptureFixture[str]
) -> None:
    async def refuse(_: str) -> str:
        raise InvalidInput([FieldError("name", "is odd")])

    operations.behaviour = refuse

    status = await run(serving, GET, '{"name": "seven"}', "--token", "alice")

    printed = capsys.readouterr()
    told = json.loads(printed.err)
    assert status == 1
    assert printed.out == ""
    assert told["code"] == "INVALID_ARGUMENT"
    assert told["message"] == "name is odd"
    assert {detail["@type"].rpartition(".")[2] for detail in told["details"]} == {
        "ErrorInfo",
        "BadRequest",
    }
    (violations,) = [d["field_violations"] for d in told["details"] if "field_violations" in d]
    assert violations == [{"field": "name", "description": "is odd"}]


async def test_metadata_goes_along(serving: Serving, operations: Operations) -> None:
    assert await run(serving, GET, "--metadata", "Authorization=Bearer bob") == 0
    assert operations.callers == ["bob"]


async def test_without_a_token_the_status_says_so(
    serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(serving, GET) == 1
    assert json.loads(capsys.readouterr().err)["code"] == "UNAUTHENTICATED"


async def test_without_a_method_the_methods_are_listed(
    serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(serving) == 0

    printed = capsys.readouterr().out.splitlines()
    assert GET in printed
    assert "grpc.health.v1.Health/Check" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["google.longrunning.Nothing/Get"], "the server has no service"),
        (["google.longrunning.Operations/Nothing"], "it has ListOperations"),
        (["grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"], "takes a stream"),
        ([GET, "{"], "this is no google.longrunning.GetOperationRequest"),
        ([GET, '{"nonsense": 1}'], "nonsense"),
    ],
)
async def test_what_cannot_be_asked_is_one_line(
    serving: Serving, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    status = await run(serving, *arguments)

    printed = capsys.readouterr()
    assert status == 2
    assert said in printed.err
    assert printed.err.count("\n") == 1


async def test_a_server_that_is_not_there_is_an_error_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = await asyncio.to_thread(call.main, ["127.0.0.1:1", GET, "--timeout", "5"])

    assert status == 1
    assert json.loads(capsys.readouterr().err)["code"] == "UNAVAILABLE"
