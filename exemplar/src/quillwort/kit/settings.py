"""Settings come from the environment, one section an adapter; production refuses unsafe ones."""

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import ip_address
from typing import Protocol, TypeVar, get_type_hints
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(StrEnum):
    """Where the process runs; anything but production may use development defaults."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class SettingsError(Exception):
    """Settings that cannot be used; `problems` has one line each, naming the variable."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Section(BaseSettings):
    """Some settings with a common prefix; also read from a file named .env, if there is one."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    def unsafe(self) -> Iterator[str]:
        """Yield what production must not run with, a line each."""
        yield from ()


class ProcessSettings(Section):
    """What is true of the whole process."""

    environment: Environment = Environment.DEVELOPMENT
    shutdown_grace_seconds: float = 20.0


class Composed(Protocol):
    """A dataclass whose fields are sections."""

    @property
    def process(self) -> ProcessSettings:
        """The section that every process has."""


C = TypeVar("C", bound=Composed)


def load(composed: type[C]) -> C:
    """Return an instance of `composed`, every section of it read from the environment.

    Raises:
        SettingsError: when a variable is malformed, or unsafe in production.
    """
    sections: dict[str, Section] = {}
    problems: list[str] = []
    for name, section in get_type_hints(composed).items():
        try:
            sections[name] = section()
        except ValidationError as error:
            problems.extend(_malformed(section, error))
    if problems:
        raise SettingsError(problems)
    settings = composed(**sections)
    if settings.process.environment is Environment.PRODUCTION:
        refused = [line for section in sections.values() for line in section.unsafe()]
        if refused:
            raise SettingsError(refused)
    return settings


def readable(url: str) -> bool:
    """Say whether others can read what is sent there: plain HTTP to another machine."""
    address = urlsplit(url)
    return address.scheme == "http" and not _is_loopback(address.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _malformed(section: type[Section], error: ValidationError) -> Iterator[str]:
    prefix = section.model_config.get("env_prefix", "")
    for detail in error.errors(include_url=False, include_input=False):
        variable = prefix + "_".join(str(part) for part in detail["loc"])
        yield f"{variable.upper()}: {detail['msg']}"
