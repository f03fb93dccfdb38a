"""Logs: one JSON object a line on standard output, each with the id of its request."""

import logging
import sys
from typing import Any, ClassVar, Literal

import structlog
from pydantic_core import to_json
from pydantic_settings import SettingsConfigDict
from structlog.typing import EventDict, WrappedLogger

from quillwort.kit.settings import Section


class LogSettings(Section):
    """LOG_*: how much is said."""

    model_config = SettingsConfigDict(env_prefix="LOG_")

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


def configure(level: str) -> None:
    """Send everything of this level and above to standard output, whichever library says it."""
    number = logging.getLevelNamesMapping()[level]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _as_json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(sys.stdout.buffer),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Forward()], level=max(number, logging.WARNING), force=True)


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> bytes:
    return to_json(event, fallback=str)


class _Forward(logging.Handler):
    """Hands the lines of the standard library's loggers to structlog."""

    _LEVELS: ClassVar[dict[int, str]] = {
        logging.WARNING: "warning",
        logging.ERROR: "error",
        logging.CRITICAL: "critical",
    }

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record again."""
        say: Any = structlog.get_logger(record.name)
        level = self._LEVELS.get(record.levelno, "info")
        getattr(say, level)(record.getMessage(), logger=record.name, exc_info=record.exc_info)
