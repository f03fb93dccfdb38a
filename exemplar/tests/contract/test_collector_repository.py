"""Collectors, in memory and in PostgreSQL."""

from examples.collector import EXAMPLE
from repository_suite import OwnedRepositorySuite


class TestCollectorRepository(OwnedRepositorySuite):
    """Everything that the suites ask of a repository."""

    example = EXAMPLE
