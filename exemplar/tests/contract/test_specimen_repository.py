"""Specimens, in memory and in PostgreSQL."""

from examples.specimen import EXAMPLE
from repository_suite import OwnedRepositorySuite, ReferencedSuite


class TestSpecimenRepository(OwnedRepositorySuite, ReferencedSuite):
    """Everything that the suites ask of a repository."""

    example = EXAMPLE
