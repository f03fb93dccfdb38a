"""The design's sizing in the units of manifests."""

from dataclasses import dataclass
from math import ceil

from architect.model.design import Sizing

_MOST_REPLICAS = 3
"""How far autoscaling may go beyond the replicas that the stated peak needs."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """What deployments write of a sizing: of one replica, and of all."""

    sizing: Sizing

    @property
    def replicas(self) -> int:
        """Replicas at the least."""
        return self.sizing.replicas

    @property
    def most_replicas(self) -> int:
        """Replicas at the most."""
        return self.sizing.replicas * _MOST_REPLICAS

    @property
    def cpu(self) -> str:
        """What a replica asks for."""
        return f"{self.sizing.cpu_millicores}m"

    @property
    def cpu_limit(self) -> str:
        """What it may take: whole cores, for an event loop that is throttled serves nobody."""
        return f"'{self._cores}'"

    @property
    def memory(self) -> str:
        """What a replica asks for: all it may take, so that it is never evicted for taking it."""
        return f"{self.sizing.memory_mebibytes}Mi"

    @property
    def compose_cores(self) -> str:
        """What a container may take."""
        return f"'{self._cores}'"

    @property
    def compose_memory(self) -> str:
        """What a container may take."""
        return f"{self.sizing.memory_mebibytes}M"

    @property
    def cpu_percent(self) -> int:
        """What a unit of systemd may take, in percent of a core."""
        return 100 * self._cores

    @property
    def pool(self) -> int:
        """Connections of one process."""
        return max(1, self.sizing.pool_size_per_replica // max(1, self.sizing.workers_per_replica))

    @property
    def _cores(self) -> int:
        return max(1, ceil(self.sizing.cpu_millicores / 1000))
