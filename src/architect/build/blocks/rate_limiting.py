"""rate_limiting: what one caller may ask, counted in the process unless another block adds a place."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block, always
from architect.build.contributions.python import CounterScheme, Import, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Section("rate_limit", "adapters.limits.settings", "RateLimitSettings")
    yield CounterScheme("memory", "memory.open_counter")
    yield Import("from quillwort.adapters.limits import memory")
    yield Resource(
        "counter",
        (
            "counter = COUNTERS[settings.rate_limit.scheme](settings.rate_limit.storage_url)",
            "stack.push_async_callback(counter.close)",
        ),
    )


BLOCKS.add(
    "rate_limiting",
    Block(
        title="Rate limiting",
        selected=always,
        files=(
            "src/quillwort/adapters/limits/__init__.py",
            "src/quillwort/adapters/limits/memory.py",
            "src/quillwort/adapters/limits/settings.py",
        ),
        contribute=_contribute,
    ),
)
