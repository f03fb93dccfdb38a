"""Metrics on a port of their own."""

import asyncio
import socket
from urllib.request import urlopen

import pytest

from quillwort.entrypoints.metrics.port import MetricsPortSettings, open_port
from quillwort.kit.metrics import Counts, Metrics


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def asked(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        body: bytes = answer.read()
        return body.decode()


async def test_the_port_tells_what_is_counted_until_it_closes() -> None:
    metrics, port = Metrics(), free_port()
    Counts(metrics, "shop_sales", "Sales.", ()).add(3)
    async with open_port(metrics, MetricsPortSettings(port=port)):
        assert "shop_sales_total 3.0" in await asyncio.to_thread(asked, port)
    with pytest.raises(OSError, match="refused"):
        await asyncio.to_thread(asked, port)


async def test_a_port_that_is_taken_stops_the_start() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = MetricsPortSettings(port=taken.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            async with open_port(Metrics(), settings):
                pass


async def test_port_0_is_none() -> None:
    async with open_port(Metrics(), MetricsPortSettings(port=0)):
        pass
