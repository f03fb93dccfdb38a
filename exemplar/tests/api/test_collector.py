"""Collectors over REST."""

from examples.collector import EXAMPLE
from rest_suite import OwnedResourceSuite


class TestCollector(OwnedResourceSuite):
    """Everything that the suites ask of a resource."""

    example = EXAMPLE
