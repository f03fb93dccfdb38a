"""Inputs that break readers: too deep, too large, no text, no number. Refused, and the service lives on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx
from google.protobuf.message_factory import GetMessageClass

from architect.model.entity import Entity
from architect.model.naming import pascal_case, snake_case
from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import ListQuery, bearer
from architect.verify.payloads import path, settable, wire_name
from architect.verify.probes.look import Look
from architect.verify.scene import Scene

_JSON: Final = "application/json"
_MERGE_PATCH: Final = "application/merge-patch+json"
_DEEP: Final = 100_000
_LONG_NUMBER: Final = "9" * 5000
_HEADER_BYTES: Final = 100_000
_ADDRESS_BYTES: Final = 60_000
_PADDING_BYTES: Final = 5 << 20
_PADDING_HEAD: Final = b"\xfa\xff\x03\x80\x80\xc0\x02"
"""Tag of a field that no message here has, and the length of 5 MiB, as protobuf writes them."""
_TEXTS: Final = frozenset({"string", "text"})
_FINE: Final = frozenset({"ok", "invalid", "missing", "too_large", "limited"})


@dataclass(frozen=True, slots=True)
class _Sent:
    """A body that is no good; ``label`` says in what way."""

    label: str
    content: bytes


async def nul_bytes_refused(scene: Scene) -> list[Finding]:
    """U+0000, which PostgreSQL's text cannot hold, is refused in every text, filter, key and JSON value."""
    notes = Notes("nul_bytes_refused", "refuse U+0000 in every text before it reaches the database")
    token = scene.token()
    for door in scene.doors:
        look = Look(scene, door, notes)
        for entity in scene.entities:
            row = await look.made(entity, token)
            key = str(row["id"])
            for field in settable(entity):
                name = wire_name(field)
                values: list[Plain] = ["a\0b"] if field.kind in _TEXTS | {"email", "url"} else []
                values += [{"a": "b\0"}, {"a\0": 1}, ["\0"], "\0"] if field.kind == "json" else []
                for value in values:
                    outcome = await door.update(entity, key, {name: value}, token)
                    look.refused(
                        outcome, "invalid", f"update {entity.name}.{name}", f"{value!r} is not refused"
                    )
                    if field.name in entity.filters and isinstance(value, str):
                        page = await door.list(entity, ListQuery({name: value}), token)
                        look.refused(
                            page, "invalid", f"list {entity.name}?{name}", f"{value!r} is not refused"
                        )
            for label, page in (
                ("sort", await door.list(entity, ListQuery(sort="\0"), token)),
                ("cursor", await door.list(entity, ListQuery(cursor="\0"), token)),
            ):
                look.refused(page, "invalid", f"list {entity.name}?{label}", "U+0000 is not refused")
    return notes.findings


async def invalid_unicode_refused(scene: Scene) -> list[Finding]:
    """Bytes that are no UTF-8 and halves of surrogate pairs are refused."""
    notes = Notes("invalid_unicode_refused", "refuse what is no Unicode text before it is stored")
    token = scene.token()
    if scene.rest_door is not None:
        for entity in scene.entities:
            key = str((await scene.made(entity, token))["id"])
            for name in (wire_name(field) for field in settable(entity) if field.kind in _TEXTS):
                for value in (b'"\xff\xfe"', b'"\\ud800"', b'"\\udfff x"'):
                    sent = _Sent(repr(value), b'{"%s": %s}' % (name.encode(), value))
                    await _refused_change(scene, notes, entity, key, sent)
        for query in ("%FF%FE", "%ED%A0%80"):
            answer = await scene.client.get(f"{path(scene.richest)}?cursor={query}", headers=bearer(token))
            _expect_refused(
                notes, answer, f"GET {path(scene.richest)}?cursor={query}", "a query that is no UTF-8"
            )
    if scene.grpc_door is not None:
        name = pascal_case(scene.richest.name)
        method = scene.grpc.client.method(f"{name}Service", f"Get{name}")
        for raw in (b"\x0a\x02\xff\xfe", b"\x0a\x03\xed\xa0\x80"):
            metadata = (("authorization", f"Bearer {token}"),)
            reply = await scene.grpc.client.call_raw(method, raw, metadata=metadata)
            notes.expect(
                holds=reply.code.name == "INVALID_ARGUMENT",
                message="a text that is no UTF-8 is not refused",
                where=f"gRPC {method.name}",
                seen=reply,
            )
    return notes.findings


async def deep_json_refused(scene: Scene) -> list[Finding]:
    """JSON nested beyond reason is refused."""
    notes = Notes("deep_json_refused", "bound the depth of what is parsed")
    for entity in scene.entities:
        key = str((await scene.made(entity, scene.token()))["id"])
        fields = [wire_name(field) for field in settable(entity)]
        bodies = [_Sent("a deep list", b"[" * _DEEP), _Sent("a deep object", b'{"a":' * _DEEP)]
        for name in (fields[0], fields[-1]):
            deep = b"[" * _DEEP + b"]" * _DEEP
            bodies.append(_Sent(f"a deep value of {name}", b'{"%s": %s}' % (name.encode(), deep)))
        for sent in bodies:
            await _refused_change(scene, notes, entity, key, sent)
    await _lives(scene, notes)
    return notes.findings


async def huge_numbers_refused(scene: Scene) -> list[Finding]:
    """Numbers beyond what a field, a page or a version can be are refused."""
    notes = Notes("huge_numbers_refused", "bound every number before it is converted or stored")
    token = scene.token()
    for entity in scene.entities:
        key = str((await scene.made(entity, token))["id"])
        for field in settable(entity):
            if field.kind not in ("integer", "float", "decimal", "money"):
                continue
            for number in _numbers(quoted=field.kind in ("decimal", "money")):
                sent = _Sent(f"{number[:12]!r}", b'{"%s": %s}' % (wire_name(field).encode(), number))
                await _refused_change(scene, notes, entity, key, sent)
        for text in (_LONG_NUMBER[:400], "1e400", "-1", "NaN"):
            answer = await scene.client.get(f"{path(entity)}?limit={text}", headers=bearer(token))
            _expect_refused(notes, answer, f"GET {path(entity)}?limit={text[:12]}", "a limit out of bounds")
        headers = {**bearer(token), "If-Match": f'"{_LONG_NUMBER}"', "Content-Type": _JSON}
        answer = await scene.client.patch(f"{path(entity)}/{key}", json={}, headers=headers)
        notes.expect(
            holds=answer.status_code in (400, 412, 422),
            message="a version out of bounds is not refused",
            where=f"PATCH {path(entity)}",
            seen=f"{answer.status_code} {answer.text[:200]}",
        )
    return notes.findings


async def large_headers_refused(scene: Scene) -> list[Finding]:
    """Headers and addresses beyond reason are refused, and the service lives on."""
    notes = Notes("large_headers_refused", "bound the size of headers, also in the server")
    token, where = scene.token(), path(scene.richest)
    attempts = {
        "one large header": scene.client.get(
            where, headers={**bearer(token), "X-Large": "x" * _HEADER_BYTES}
        ),
        "a large token": scene.client.get(where, headers=bearer("x" * _HEADER_BYTES)),
        "a long address": scene.client.get(f"{where}?cursor={'x' * _ADDRESS_BYTES}", headers=bearer(token)),
    }
    for label, attempt in attempts.items():
        try:
            answer = await attempt
        except httpx.HTTPError:
            continue  # the server hung up, which is a refusal too
        notes.expect(
            holds=httpx.codes.BAD_REQUEST <= answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR,
            message=f"{label} is not refused",
            where=f"GET {where}",
            seen=f"{answer.status_code} {answer.text[:200]}",
        )
    await _lives(scene, notes)
    return notes.findings


async def large_messages_refused(scene: Scene) -> list[Finding]:
    """A gRPC message or metadata over the limit ends in RESOURCE_EXHAUSTED, and the service lives on."""
    notes = Notes("large_messages_refused", "set the server's largest message and metadata")
    entity = scene.richest
    method = scene.grpc.client.method(
        f"{pascal_case(entity.name)}Service", f"Create{pascal_case(entity.name)}"
    )
    metadata = (("authorization", f"Bearer {scene.token()}"),)
    request = GetMessageClass(method.input_type)()
    padding = _PADDING_HEAD + b"x" * _PADDING_BYTES
    reply = await scene.grpc.client.call_raw(method, request.SerializeToString() + padding, metadata=metadata)
    notes.expect(
        holds=reply.code.name == "RESOURCE_EXHAUSTED",
        message="a message of 5 MiB does not end in RESOURCE_EXHAUSTED",
        where=f"gRPC {method.name}",
        seen=reply,
    )
    large = (*metadata, ("x-large", "x" * _HEADER_BYTES))
    reply = await scene.grpc.client.call(method, {snake_case(entity.name): {}}, metadata=large)
    notes.expect(
        holds=reply.code.name in ("RESOURCE_EXHAUSTED", "INVALID_ARGUMENT") and "hard limit" in str(reply),
        message=f"metadata of {_HEADER_BYTES:,} bytes is not refused",
        where=f"gRPC {method.name}",
        seen=reply,
    )
    await _lives(scene, notes)
    return notes.findings


async def _refused_change(scene: Scene, notes: Notes, entity: Entity, key: str, sent: _Sent) -> None:
    """Expect that a change, whose other fields need not be there, is refused for what it is."""
    headers = {**bearer(scene.token()), "Content-Type": _MERGE_PATCH}
    where = f"{path(entity)}/{key}"
    answer = await scene.client.patch(where, content=sent.content, headers=headers)
    _expect_refused(notes, answer, f"PATCH {where}", sent.label)


def _expect_refused(notes: Notes, answer: httpx.Response, where: str, label: str) -> None:
    notes.expect(
        holds=answer.status_code in (400, 413, 414, 422),
        message=f"{label} is not refused",
        where=where,
        seen=f"{answer.status_code} {answer.text[:200]}",
    )


async def _lives(scene: Scene, notes: Notes) -> None:
    for door in scene.doors:
        outcome = await door.list(scene.richest, ListQuery(limit=1), scene.token())
        notes.expect(
            holds=outcome.verdict == "ok",
            message="the service does not answer afterwards",
            where=f"{door.name} list {scene.richest.name}",
            seen=outcome.seen,
        )


def _numbers(*, quoted: bool) -> Iterator[bytes]:
    numbers = (_LONG_NUMBER, "1e400", "-1e400", "1e-400", "Infinity", "NaN", "1E999999999", "0x10", "1_000")
    for number in numbers:
        if quoted:
            yield f'"{number}"'.encode()
        elif number != "1e-400":
            yield number.encode()
