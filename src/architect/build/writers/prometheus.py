"""prometheus.yml: where the service is scraped beside Compose."""

from collections.abc import Iterator

from architect.build.contributions.deployment import Scrape
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "deploy/observability/prometheus.yml"


def _write(_: Scene, slots: Slots) -> Iterator[Text]:
    yield Text(PATH, shared(PATH, scrapes=slots.of(Scrape)))


WRITERS.add("prometheus", Writer("metrics_compose", _write))
