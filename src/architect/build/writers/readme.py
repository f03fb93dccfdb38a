"""README.md: from a clone to a first request, then settings, operation, deployment, changes."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from architect.build import texts
from architect.build.contributions.documents import Operation, Way
from architect.build.contributions.environment import VariableGroup
from architect.build.contributions.packaging import ExtraUse
from architect.build.entity.sample import answer, message, required_body
from architect.build.entity.view import EntityView
from architect.build.entity.words import joined
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "README.md"
_DEVELOPER = "developer"
"""Whose rows the development issuer's tokens reach."""


@dataclass(frozen=True, slots=True)
class _Request:
    command: str
    answer: str
    before: str = ""
    language: str = "json"


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    choices = scene.choices
    spoken = texts.spoken(choices)
    ways = slots.of(Way)
    each = "Each way" if ways[1:] else "The service"
    text = shared(
        PATH,
        purpose=scene.purpose,
        intro=f"{spoken} over {'one' if choices.rest and choices.grpc else 'a'} service layer, on PostgreSQL,"
        " in one Python process. [ARCHITECTURE.md](ARCHITECTURE.md) shows how it is built,"
        " [docs/adr](docs/adr/README.md) why.",
        requests=list(_requests(scene, scene.entities[0])),
        whole=_whole(scene),
        groups=slots.of(VariableGroup),
        operations=slots.of(Operation),
        installing=_installing(slots),
        deploying=f"{each} runs as an unprivileged user on a read-only file system and takes its secrets from"
        " outside this repository. Stopping takes `SHUTDOWN_GRACE_SECONDS` and some seconds more, as the"
        f" {'unit allows' if choices.deployment == 'vm' else 'manifests allow'}.",
        ways=ways,
        field=f"**A field** {texts.field(choices)}",
        endpoint=f"**An endpoint** {texts.endpoint(choices)}",
    )
    yield Text(PATH, text)


def _requests(scene: Scene, entity: EntityView) -> Iterator[_Request]:
    owner = _DEVELOPER if scene.choices.identity == "jwt" else "anonymous"
    made = message(entity, owner)
    if not scene.choices.rest:
        data = {entity.wire: required_body(entity)}
        yield _Request(_call(entity, f"Create{entity.proto}", data), _pretty(made))
        return
    token = '-H "Authorization: Bearer $(make token)" ' if scene.choices.identity == "jwt" else ""
    if scene.choices.assistant:
        yield from _asking(token)
    body = shlex.quote(json.dumps(required_body(entity), ensure_ascii=False))
    yield _Request(
        f"curl -s localhost:8000/v1/{entity.plural} \\\n"
        f"  {token}-H 'Content-Type: application/json' \\\n"
        f"  -d {body}",
        answer(entity, owner),
        f"\nBeside documents it keeps {entity.plural_prose}:\n" if scene.choices.assistant else "",
    )
    if scene.choices.grpc:
        yield _Request(
            _call(entity, f"List{entity.plural_pascal}", {"page_size": 1}),
            _pretty({entity.plural: [made], "next_page_token": ""}),
            "\nThe same row over gRPC; `make call` learns the messages from the server, and alone it"
            " lists the methods:\n",
        )


def _asking(token: str) -> Iterator[_Request]:
    identity = f"  {token}\\\n" if token else ""
    yield _Request(
        "curl -s 'localhost:8000/v1/documents?name=lease.md' \\\n"
        f"{identity}"
        "  --data-binary 'The tenant pays for repairs of up to 200 euros.'",
        '{"id":"01a203ca-52f1-7b11-9c4e-6d1f6a0c8f1e", ..., "name":"lease.md", ..., "status":"queued", ...}',
        "\nA document, and a question about it; without a key of a language model the answer quotes:\n",
    )
    yield _Request(
        "curl -sN localhost:8000/v1/questions \\\n"
        f"  {token}-H 'Content-Type: application/json' \\\n"
        """  -d '{"question": "Who pays for repairs?"}'""",
        "event: passage\n"
        'data: {"number":1,"passage":{ ..., "name":"lease.md", ...}}\n\n'
        "event: token\n"
        'data: {"text": "The tenant pays for repairs of up to 200 euros."}\n\n'
        "event: citation\n"
        'data: {"passage": 1, "quote": "The tenant pays for repairs of up to 200 euros."}\n\n'
        "event: done\n"
        'data: {"outcome": "answered", "degraded": false}',
        "",
        "text",
    )
    yield _Request(
        "find docs -name '*.md' -exec curl -sS --fail-with-body --retry 9 localhost:8000/v1/documents \\\n"
        f'  {token}-F \'files=@"{{}}";filename="{{}}"\' \\;',
        '{"items":[{"name":"docs/adr/README.md","status":201,"document":{ ..., "status":"queued", ...},'
        '"problem":null}]}',
        "\nA folder, a file a request; `--retry` waits for as long as the rate limit says:\n",
    )


def _call(entity: EntityView, method: str, data: Mapping[str, object]) -> str:
    said = shlex.quote(json.dumps(data, ensure_ascii=False)).replace("$", "$$")
    return f"make call METHOD=quillwort.v1.{entity.proto}Service/{method} DATA={said}"


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _whole(scene: Scene) -> str:
    if not scene.choices.rest:
        return "The whole is in [proto/](proto)."
    grpc = ", the whole of gRPC in [proto/](proto)" if scene.choices.grpc else ""
    return (
        f"The whole of REST is at [localhost:8000/docs](http://localhost:8000/docs){grpc}.\n"
        "A browser fetches the viewer at `/docs` from a CDN; offline, `/openapi.json` says the same."
    )


def _installing(slots: Slots) -> str:
    uses = joined([f"`{use.extra}.txt` ({use.what})" for use in slots.of(ExtraUse)])
    return (
        "`requirements/runtime.txt` pins what serving needs, and no more; beside it, each with those pins"
        f" in it, {uses}. `make setup` installs them all, and an image has them all; elsewhere `pip install"
        " --no-deps --require-hashes --requirement requirements/<name>.txt` adds one, and `--no-compile` with"
        " `python -m compileall -q -x '/tests?/'` afterwards leaves out the bytecode of libraries' own tests."
    )


WRITERS.add("readme", Writer("core", _write))
