"""Deadlines of gRPC: a call ends in time, and so does the work behind it."""

import time
from typing import Final
from uuid import uuid4

from architect.model.naming import pascal_case
from architect.model.report import Finding
from architect.verify import database
from architect.verify.checks import Notes
from architect.verify.scene import Scene

LONGEST_SECONDS: Final = 2.0
"""What the gate's service allows a call at most (GRPC_MAX_DEADLINE_SECONDS)."""
SETTINGS: Final = {"GRPC_MAX_DEADLINE_SECONDS": str(LONGEST_SECONDS)}
_SHORT_SECONDS: Final = 0.5
_GRACE_SECONDS: Final = 3.0


async def deadline_honoured(scene: Scene) -> list[Finding]:
    """When a client's deadline passes, the statement it waited for ends too."""
    notes = Notes("deadline_honoured", "cancel the work of a call whose deadline has passed")
    url, entity = scene.service.database_url, scene.richest
    name = pascal_case(entity.name)
    method = scene.grpc.client.method(f"{name}Service", f"Get{name}")
    metadata = (("authorization", f"Bearer {scene.token()}"),)
    async with database.locked(url, scene.entities):
        reply = await scene.grpc.client.call(
            method, {"id": str(uuid4())}, metadata=metadata, seconds=_SHORT_SECONDS
        )
        stopped = await database.until_waiting(url, 0, _GRACE_SECONDS)
    notes.expect(
        holds=reply.code.name == "DEADLINE_EXCEEDED",
        message=f"a call with {_SHORT_SECONDS} s to live ends in {reply.code.name}",
        where=f"gRPC {method.name}",
        seen=reply,
    )
    notes.expect(
        holds=stopped,
        message=f"its statement still waits {_GRACE_SECONDS} s later",
        where=f"gRPC {method.name}",
        seen=scene.service.log.tail(3),
    )
    return notes.findings


async def deadline_bounded(scene: Scene) -> list[Finding]:
    """A client that sets no deadline, or a long one, is given the service's own at most."""
    notes = Notes("deadline_bounded", "bound every call by a deadline of the service's own")
    url, entity = scene.service.database_url, scene.richest
    name = pascal_case(entity.name)
    method = scene.grpc.client.method(f"{name}Service", f"Get{name}")
    metadata = (("authorization", f"Bearer {scene.token()}"),)
    async with database.locked(url, scene.entities):
        began = time.monotonic()
        reply = await scene.grpc.client.call(method, {"id": str(uuid4())}, metadata=metadata)
        took = time.monotonic() - began
    notes.expect(
        holds=reply.code.name == "DEADLINE_EXCEEDED" and took < LONGEST_SECONDS + _GRACE_SECONDS,
        message=f"a call of {took:.1f} s ends in {reply.code.name}, not in DEADLINE_EXCEEDED after "
        f"{LONGEST_SECONDS:.0f} s",
        where=f"gRPC {method.name}",
        seen=reply,
    )
    return notes.findings
