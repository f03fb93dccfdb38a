"""What blocks and writers see while one project is composed."""

from dataclasses import dataclass

from architect.build.choices import Choices
from architect.build.entity.view import EntityView
from architect.build.entity.words import joined
from architect.build.names import Names
from architect.model.design import Design


@dataclass(frozen=True, slots=True)
class Scene:
    """One project to be: its names, what was chosen, its entities in creation order, its design."""

    names: Names
    choices: Choices
    entities: tuple[EntityView, ...]
    design: Design

    @property
    def by_plural(self) -> tuple[EntityView, ...]:
        """The entities in the order of their plurals, as shared files list them."""
        return tuple(sorted(self.entities, key=lambda entity: entity.plural))

    @property
    def purpose(self) -> str:
        """What the system is for, one sentence with a full stop."""
        fact = self.design.brief.purpose
        said = " ".join(fact.value.split()) if fact else ""
        if not said:
            said = f"Keeps {joined([entity.plural_prose for entity in self.by_plural])}"
        return said if said.endswith((".", "!", "?")) else f"{said}."
