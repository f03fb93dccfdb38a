"""pyproject.toml: dependencies, and the settings of linters and tests."""

import json
from collections.abc import Iterator

from architect.build.contributions.packaging import (
    Dependency,
    GeneratedPath,
    LintException,
    Override,
    ThirdParty,
    TypeException,
    extras,
)
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "pyproject.toml"


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    dependencies, overrides = slots.of(Dependency), slots.of(Override)
    optional = extras(dependencies)
    text = shared(
        PATH,
        names=scene.names,
        description=json.dumps(scene.purpose, ensure_ascii=False),
        dependencies=[entry for entry in dependencies if not entry.extra],
        optional=[optional] if optional else [],
        overridden=[overrides] if overrides else [],
        generated_paths=slots.of(GeneratedPath),
        third_parties=slots.of(ThirdParty),
        lint_exceptions=slots.of(LintException),
        type_exceptions=slots.of(TypeException),
    )
    yield Text(PATH, text)


WRITERS.add("pyproject", Writer("core", _write))
