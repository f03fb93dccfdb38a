"""Adding a file adds the thing: a decorator collects, a directory walk imports."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named items of one kind, filled by importing every module of one package.

    Args:
        kind: what it holds, for messages ("decision", "gate").
        package: dotted name of the package whose modules register themselves.
    """

    def __init__(self, kind: str, package: str) -> None:
        self.kind = kind
        self.package = package
        self._items: dict[str, Item] = {}
        self._walked = False

    def add(self, name: str, item: Item) -> None:
        """Register ``item``.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._items:
            message = f"{self.kind} {name!r} is registered twice"
            raise ValueError(message)
        self._items[name] = item

    def register(self, name: str) -> Callable[[Item], Item]:
        """Return a decorator that registers what it decorates under ``name``."""

        def decorate(item: Item) -> Item:
            self.add(name, item)
            return item

        return decorate

    def items(self) -> dict[str, Item]:
        """Return all items by name, sorted by name; walks the package on first use."""
        if not self._walked:
            self._walked = True
            for module in walk(self.package):
                importlib.import_module(module)
        return dict(sorted(self._items.items()))

    def __getitem__(self, name: str) -> Item:
        return self.items()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.items())


def walk(package: str) -> list[str]:
    """Return the dotted names of a package's modules, sorted.

    Raises:
        ModuleNotFoundError: there is no such package.
    """
    root: ModuleType = importlib.import_module(package)
    return sorted(f"{package}.{found.name}" for found in pkgutil.iter_modules(root.__path__))
