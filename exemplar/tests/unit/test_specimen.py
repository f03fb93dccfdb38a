"""Specimens: the entity and its service."""

from domain_suite import DomainSuite
from examples.specimen import EXAMPLE
from service_suite import OwnershipSuite, ServiceSuite, TransitionSuite


class TestSpecimen(DomainSuite, ServiceSuite, OwnershipSuite, TransitionSuite):
    """Everything that the suites ask of an entity."""

    example = EXAMPLE
