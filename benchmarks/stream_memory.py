"""Memory of open streams, and how much later than the model's its first token reaches a caller.

    cd exemplar
    .venv/bin/python ../benchmarks/stream_memory.py [--streams 200]

One worker (slow_streams.py) with the exemplar's REST surroundings, its answers in tasks of their own and its
checks of citations; search and store are stubs, and the model is a fake in the process that begins after a
second and then writes a sentence each 100 ms. The caller is a process of its own over loopback; both read the
same monotonic clock, which the model writes into its first token. Memory is the worker's resident set
(/proc/PID/statm) with all streams open, less what it was after one stream had come and gone; CPU is the
worker's user and system time (/proc/PID/stat). Prints the figures beside their bounds, writes
results/stream_memory.json, and ends with status 1 when a bound is missed.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXEMPLAR = HERE.parent / "exemplar"
RESULTS = HERE / "results"
MOST_BYTES = 1_000_000
MOST_SECONDS = 0.1
SPREAD_SECONDS = 2.0
"""Over how long callers arrive: two hundred at the same instant would measure a queue."""
OPEN_SECONDS = 2.0
"""How long all streams are open before memory is read."""


async def read(port: int, begun: asyncio.Event | None = None) -> float:
    """Ask, read to the end, and return how much later than the model's the first token came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = b'{"question": "Who pays for repairs?"}'
    lines = ("POST /v1/questions HTTP/1.1", "Host: bench", "Content-Type: application/json")
    head = "\r\n".join((*lines, f"Content-Length: {len(body)}", "", ""))
    writer.write(head.encode() + body)
    late = -1.0
    while line := await reader.readline():
        if late < 0 and b'{"text": "@' in line:
            late = time.monotonic() - float(line.partition(b"@")[2].split(b'"')[0])
            if begun is not None:
                begun.set()
        if line.startswith(b'data: {"outcome"'):
            break
    writer.close()
    if b'"answered"' not in line:
        message = f"a stream ended with {line!r}"
        raise RuntimeError(message)
    return late


def resident(process: int) -> int:
    """Return the bytes that a process has in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def busy(process: int) -> float:
    """Return the seconds of CPU that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(port: int, process: int, streams: int) -> tuple[list[float], float]:
    """Return the delays of first tokens, and the bytes a stream."""
    await read(port)
    before = resident(process)
    begun = [asyncio.Event() for _ in range(streams)]
    readers = []
    for each in begun:
        readers.append(asyncio.create_task(read(port, each)))
        await asyncio.sleep(SPREAD_SECONDS / streams)
    await asyncio.gather(*(each.wait() for each in begun))
    await asyncio.sleep(OPEN_SECONDS)
    held = (resident(process) - before) / streams
    return list(await asyncio.gather(*readers)), held


def main() -> int:
    """Run, print, record; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description="Memory and first tokens of open streams.")
    parser.add_argument("--streams", type=int, default=200)
    given = parser.parse_args()
    environment = {**os.environ, "PYTHONPATH": str(EXEMPLAR / "src")}
    with subprocess.Popen(
        [sys.executable, HERE / "slow_streams.py"], env=environment, stdout=subprocess.PIPE, text=True
    ) as worker:
        try:
            port = int(worker.stdout.readline())
            late, held = asyncio.run(measure(port, worker.pid, given.streams))
            cpu = busy(worker.pid)
        finally:
            worker.terminate()
    figures = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "streams": given.streams,
        "bytes_a_stream": round(held),
        "first_token_later_seconds": {
            "p50": round(statistics.median(late), 4),
            "p95": round(statistics.quantiles(late, n=20)[-1], 4),
            "max": round(max(late), 4),
        },
        "worker_cpu_seconds": round(cpu, 2),
        "load_average": os.getloadavg()[0],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "stream_memory.json").write_text(json.dumps(figures, indent=2) + "\n")
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    p95 = figures["first_token_later_seconds"]["p95"]
    sys.stdout.write(f"bounds: {MOST_BYTES} bytes a stream, {MOST_SECONDS} s at p95\n")
    return int(held > MOST_BYTES or p95 > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
