"""What a probe that works behind either door is given: the scene, the door, and where to write."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import Door, Outcome
from architect.verify.gate import Probe
from architect.verify.payloads import Body
from architect.verify.scene import Scene


@dataclass(frozen=True, slots=True)
class Look:
    """One probe's look at the service through one door."""

    scene: Scene
    door: Door
    notes: Notes

    def ok(self, outcome: Outcome, where: str) -> bool:
        """Expect that a valid request was done."""
        return self.notes.expect(
            holds=outcome.verdict == "ok",
            message="a valid request is refused",
            where=f"{self.door.name} {where}",
            seen=outcome.seen,
        )

    def refused(self, outcome: Outcome, verdict: str, where: str, message: str) -> bool:
        """Expect that a request was refused with that verdict."""
        return self.notes.expect(
            holds=outcome.verdict == verdict,
            message=message,
            where=f"{self.door.name} {where}",
            seen=outcome.seen,
        )

    async def body(self, entity: Entity, token: str) -> Body:
        """Return a valid body."""
        return await self.scene.body(entity, token, self.door)

    async def made(self, entity: Entity, token: str, **given: Plain) -> Body:
        """Create a row through this door."""
        return await self.scene.made(entity, token, given, door=self.door)


Shared: TypeAlias = Callable[[Look], Awaitable[None]]
"""A probe that works behind either door."""


def over_rest(check: str, probe: Shared, mend: str) -> Probe[Scene]:
    """Return the probe as a check of the REST door."""

    async def run(scene: Scene) -> list[Finding]:
        notes = Notes(check, mend)
        await probe(Look(scene, scene.rest, notes))
        return notes.findings

    return run


def over_grpc(check: str, probe: Shared, mend: str) -> Probe[Scene]:
    """Return the probe as a check of the gRPC door."""

    async def run(scene: Scene) -> list[Finding]:
        notes = Notes(check, mend)
        await probe(Look(scene, scene.grpc, notes))
        return notes.findings

    return run
