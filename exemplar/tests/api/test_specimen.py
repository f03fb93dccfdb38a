"""Specimens over REST."""

from examples.specimen import EXAMPLE
from rest_suite import OwnedResourceSuite, TransitionSuite


class TestSpecimen(OwnedResourceSuite, TransitionSuite):
    """Everything that the suites ask of a resource."""

    example = EXAMPLE
