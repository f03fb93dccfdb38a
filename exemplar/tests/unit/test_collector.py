"""Collectors: the entity and its service."""

from domain_suite import DomainSuite
from examples.collector import EXAMPLE
from service_suite import OwnershipSuite, ServiceSuite


class TestCollector(DomainSuite, ServiceSuite, OwnershipSuite):
    """Everything that the suites ask of an entity."""

    example = EXAMPLE
