"""Two hundred answers written slowly and read at once: first tokens, memory, and that all are whole."""

import asyncio
import contextlib
import time
from typing import Final

from architect.model.report import Comparison, Finding
from architect.verify import applies, usage
from architect.verify.bench import Bench
from architect.verify.gate import gate
from architect.verify.library import SCOPES, Library
from architect.verify.load.figures import QUIET_SHARE
from architect.verify.load.pace import ASKED_PER_SECOND, MOST_BUSY, TOKENS, Pace, paced
from architect.verify.load.stream_figures import QUESTION, Streamed, comparisons
from architect.verify.load.streams import Stream, read
from architect.verify.machine import cores
from architect.verify.models.script import Script, answers, tokens
from architect.verify.scene import OWNER
from architect.verify.stage import ANSWER, FIRST, LEASE, Stage, staged

STREAMS: Final = 200
WARMING: Final = 10
"""Answers before the first that counts: the embedder and the pool of connections are there then."""
FIRST_TOKEN_SECONDS: Final = 0.3
WARMING_TOKENS_PER_SECOND: Final = 60.0
"""Of the answers that tell what one takes: the pace is chosen from these."""
WITHIN_SECONDS: Final = 13.0
"""Beside the time of writing."""
WATCHED_EVERY_SECONDS: Final = 0.25
LOADED: Final = {
    "MODEL_FIRST_TOKEN_TIMEOUT_SECONDS": "10",
    "MODEL_BETWEEN_TOKENS_TIMEOUT_SECONDS": "10",
    "MODEL_TOTAL_TIMEOUT_SECONDS": "120",
    "MODEL_MAX_OUTPUT_TOKENS": "1000",
    "HTTP_HEARTBEAT_SECONDS": "10",
}
METHOD: Final = (
    "One process of the service in production settings on PostgreSQL. {streams} questions are asked at "
    "{rate:.2g}/s, each on a connection of its own; a scripted model on loopback begins each answer "
    "{first:g} ms after it was asked and writes {pace:.2g} tokens/s for {lasts:.0f} s. That is "
    "{slower:.1f} times slower than where an answer takes {most:.0f} ms of CPU; here it takes {took:.0f} "
    "ms. The model and the readers are one other process (asyncio, raw HTTP/1.1), which used {own:.0%} of "
    "a core; programs that have no part in this kept {others:.2f} cores busy. Memory is VmRSS, looked at "
    "every {watched:g} s."
)
CHECKS: Final = {
    "streams_complete": ("answers read to their end", "answers written at once"),
    "first_token_soon": ("first token beyond the model's, p95",),
    "stream_memory": ("memory of an open answer",),
}
"""Names of the figures that each check looks at."""


@gate(
    "model_load",
    title="Two hundred answers of a slow model are read at once",
    checks=tuple(CHECKS),
    needs=("service",),
    exclusive=True,
    seconds=300.0,
    applies=applies.all_of(applies.language_model, applies.rest),
)
async def model_load(bench: Bench) -> None:
    """Ask two hundred questions within some seconds, and read all answers to their ends."""
    async with staged(bench, LOADED) as stage:
        token = stage.scene.service.issuer.token(OWNER, list(SCOPES))
        await Library(stage.scene, OWNER).kept("lease.md", LEASE)
        stage.models.plan(FIRST, answers(ANSWER))
        await _read_all(stage, token, range(STREAMS, STREAMS + WARMING), Pace(1))
        took = await _cost(stage, token)
        pace = paced(took)
        stage.models.plan(FIRST, _written(pace.tokens_per_second))
        bench.progress(f"{STREAMS} answers at once, asked at {pace.asked_per_second:.2g} a second")
        busy = _Busy(stage)
        streamed = await _measured(stage, token, pace)
        busy.end()
    _write_down(bench, streamed, busy, pace, took)


def _written(tokens_per_second: float) -> Script:
    pieces = (*tokens(ANSWER), *(f" word{number}" for number in range(TOKENS)))[:TOKENS]
    return Script(pieces, first_seconds=FIRST_TOKEN_SECONDS, pace_seconds=1 / tokens_per_second)


async def _cost(stage: Stage, token: str) -> float:
    """Return the CPU seconds that an answer takes: the service's, or the readers' where these are more."""
    stage.models.plan(FIRST, _written(WARMING_TOKENS_PER_SECOND))
    process = stage.scene.service.process
    service, own = process.cpu_seconds(), time.process_time()
    await _read_all(stage, token, range(STREAMS + WARMING, STREAMS + 2 * WARMING), Pace(1))
    return max(process.cpu_seconds() - service, time.process_time() - own) / WARMING


async def _measured(stage: Stage, token: str, pace: Pace) -> Streamed:
    process, mark = stage.scene.service.process, stage.mark()
    before = process.resident_mebibytes()
    most = before

    async def watch() -> None:
        nonlocal most
        while True:
            await asyncio.sleep(WATCHED_EVERY_SECONDS)
            most = max(most, usage.resident_mebibytes(process.pid))

    watching = asyncio.create_task(watch())
    try:
        streams = await _read_all(stage, token, range(STREAMS), pace)
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
    return Streamed(streams, stage.since(mark), before, most)


async def _read_all(stage: Stage, token: str, numbers: range, pace: Pace) -> list[Stream]:
    port, within = stage.scene.service.http_port, pace.writing_seconds + WITHIN_SECONDS

    async def one(place: int, number: int) -> Stream:
        await asyncio.sleep(place / pace.asked_per_second)
        return await read(port, token, QUESTION.format(number), within)

    return list(await asyncio.gather(*(one(place, number) for place, number in enumerate(numbers))))


class _Busy:
    """What the machine was busy with meanwhile."""

    def __init__(self, stage: Stage) -> None:
        self._process = stage.scene.service.process
        self._began = self._now()
        self.own = self.others = 0.0

    def end(self) -> None:
        """Note what was used since the beginning, in cores."""
        seconds, own, service, machine = (
            now - then for now, then in zip(self._now(), self._began, strict=True)
        )
        self.own = own / seconds
        self.others = max(0.0, machine - own - service) / seconds

    def _now(self) -> tuple[float, float, float, float]:
        return (
            time.monotonic(),
            time.process_time(),
            self._process.cpu_seconds(),
            usage.machine_cpu_seconds(),
        )


def _write_down(bench: Bench, streamed: Streamed, busy: _Busy, pace: Pace, took: float) -> None:
    found = {each.measured.name: each for each in comparisons(streamed)}
    for comparison in found.values():
        bench.sheet.compare(comparison)
    problems = sorted({stream.problem for stream in streamed.streams if stream.problem})
    for check, names in CHECKS.items():
        if bench.sheet.wants(check):
            missed = [found[name] for name in names if found[name].met is False]
            crowded = _crowded(check, streamed, busy)
            bench.sheet.ran(
                check, [_finding(check, each, crowded=crowded, problems=problems) for each in missed]
            )
    bench.sheet.method = METHOD.format(
        streams=STREAMS,
        rate=pace.asked_per_second,
        first=1000 * FIRST_TOKEN_SECONDS,
        pace=pace.tokens_per_second,
        lasts=pace.writing_seconds,
        slower=pace.slower,
        most=1000 * MOST_BUSY / ASKED_PER_SECOND,
        took=1000 * took,
        own=busy.own,
        others=busy.others,
        watched=WATCHED_EVERY_SECONDS,
    )


def _crowded(check: str, streamed: Streamed, busy: _Busy) -> str:
    """Return what else kept the machine so busy that a figure says little, or an empty string."""
    if busy.others <= QUIET_SHARE * cores():
        return ""
    refused = len(streamed.streams) - streamed.whole - streamed.unfinished
    few = streamed.at_once < STREAMS // 2
    excused = {"streams_complete": not refused, "first_token_soon": True, "stream_memory": few}
    said = f"; other programs kept {busy.others:.1f} cores busy meanwhile"
    return said if excused[check] else ""


def _finding(check: str, missed: Comparison, *, crowded: str, problems: list[str]) -> Finding:
    measured, target = missed.measured, missed.target
    wanted = "" if target is None else f", and {target.value:g} was wanted ({target.because})"
    message = f"{measured.name}: {measured.value:g} {measured.unit}{wanted}".replace(" ,", ",")
    mend = "measure again on a quiet machine" if crowded else "see the profile of an answer's way"
    return Finding(
        check,
        "warning" if crowded else "error",
        message + crowded,
        "POST /v1/questions",
        mend,
        ", ".join(problems),
    )
