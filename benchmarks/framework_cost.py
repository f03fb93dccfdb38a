"""CPU per request of one small JSON endpoint under each web framework that the design weighs.

Starts each framework's usual server with one process on loopback, sends requests over one kept-alive
connection, and divides the server's CPU time (user + system, from /proc) by the requests. Prints the
``framework`` block of ``src/architect/design/data/measured.yaml``. The frameworks are no dependencies of
ours; bring them for the run:

    uv run --no-project --with fastapi --with litestar --with flask --with django --with gunicorn \
        --with uvicorn --with uvloop --with httptools benchmarks/framework_cost.py
"""

import http.client
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

WARM_UP = 500
REQUESTS = 4000
ROUNDS = 5

BODY = """
{"id": item, "name": "blue mug", "price": "12.50", "currency": "EUR", "stock": 7, "active": True}
""".strip()

FASTAPI = f"""
from fastapi import FastAPI
from pydantic import BaseModel

class Item(BaseModel):
    id: int
    name: str
    price: str
    currency: str
    stock: int
    active: bool

app = FastAPI()

@app.get("/items/{{item}}")
async def get(item: int) -> Item:
    return Item(**{BODY})
"""

LITESTAR = f"""
from dataclasses import dataclass
from litestar import Litestar, get

@dataclass
class Item:
    id: int
    name: str
    price: str
    currency: str
    stock: int
    active: bool

@get("/items/{{item:int}}", sync_to_thread=False)
def read(item: int) -> Item:
    return Item(**{BODY})

app = Litestar([read])
"""

FLASK = f"""
from flask import Flask

app = Flask(__name__)

@app.get("/items/<int:item>")
def get(item: int):
    return {BODY}
"""

DJANGO = f"""
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="benchmark", MIDDLEWARE=[])
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path

def get(request, item):
    return JsonResponse({BODY})

urlpatterns = [path("items/<int:item>", get)]
app = get_wsgi_application()
"""

ASGI = ("-m", "uvicorn", "{name}:app", "--port", "{port}", "--no-access-log", "--log-level", "error")
WSGI = (
    "-m", "gunicorn", "{name}:app", "-b", "127.0.0.1:{port}", "-k", "gthread", "--threads", "4",
    "--log-level", "error",
)  # fmt: skip
APPS = {
    "fastapi": (FASTAPI, ASGI),
    "litestar": (LITESTAR, ASGI),
    "flask": (FLASK, WSGI),
    "django": (DJANGO, WSGI),
}


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def group_cpu_seconds(leader: int) -> float:
    """Return the CPU seconds so far of every process in the leader's session."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def send(port: int, count: int) -> None:
    """Send ``count`` requests over one connection; every answer must be right."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for item in range(count):
        connection.request("GET", f"/items/{item}")
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == http.HTTPStatus.OK, (answer.status, body)
        assert b"blue mug" in body
    connection.close()


def wait_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the port answers; fail when the server ends first or takes 20 s."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = f"the server is not up (exit status {server.poll()})"
    raise RuntimeError(message)


def measure(name: str, folder: Path) -> float:
    """Return the median CPU milliseconds per request of one framework."""
    source, arguments = APPS[name]
    (folder / f"{name}_app.py").write_text(source)
    port = free_port()
    command = [sys.executable, *(part.format(name=f"{name}_app", port=port) for part in arguments)]
    with subprocess.Popen(command, cwd=folder, start_new_session=True) as server:
        try:
            wait_ready(port, server)
            send(port, WARM_UP)
            rounds = []
            for _ in range(ROUNDS):
                before = group_cpu_seconds(server.pid)
                send(port, REQUESTS)
                rounds.append((group_cpu_seconds(server.pid) - before) * 1000 / REQUESTS)
            return median(rounds)
        finally:
            server.terminate()


def main() -> None:
    """Measure every framework and print the block."""
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    print(f"# {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {machine}")
    with tempfile.TemporaryDirectory() as folder:
        for name in APPS:
            print(f"{name}: {measure(name, Path(folder)):.3f}", flush=True)


if __name__ == "__main__":
    main()
