"""Logs, as the process writes them."""

import json
import subprocess
import sys
from typing import Any

import pytest

SAY = """
import logging
import structlog
from quillwort.kit import logs
logs.configure("{level}")
structlog.contextvars.bind_contextvars(request_id="abc")
say = structlog.get_logger()
say.debug("quiet")
say.info("hello", number=1, what=object)
logging.getLogger("library").info("chatter")
logging.getLogger("library").warning("careful %s", 7)
try:
    raise ValueError("broken")
except ValueError:
    say.exception("failed")
"""


def said(level: str) -> list[dict[str, Any]]:
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", SAY.format(level=level)], capture_output=True, text=True, check=True
    )
    assert not done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_line_is_one_object_with_the_request_it_belongs_to() -> None:
    hello, library, failed = said("INFO")
    assert (hello["event"], hello["level"], hello["number"]) == ("hello", "info", 1)
    assert (library["event"], library["level"]) == ("careful 7", "warning")
    assert library["logger"] == "library"
    assert "ValueError: broken" in failed["exception"]
    assert {line["request_id"] for line in (hello, library, failed)} == {"abc"}
    assert all(line["timestamp"].endswith("Z") for line in (hello, library, failed))


@pytest.mark.parametrize(("level", "count"), [("DEBUG", 4), ("WARNING", 2), ("ERROR", 1)])
def test_the_level_says_how_much(level: str, count: int) -> None:
    assert len(said(level)) == count
