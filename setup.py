"""The one build step that settings cannot say: a wheel carries the exemplar beside the code that reads it."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
FINDER = ROOT / "src" / "architect" / "build" / "exemplar.py"


class BuildWithExemplar(build_py):
    """Copies the exemplar into the package, without what running it leaves behind."""

    def run(self) -> None:
        """Build the package, then put the exemplar into it; an editable installation reads the checkout."""
        super().run()
        if self.editable_mode:
            return
        finder = _finder()
        source = ROOT / "exemplar"
        target = Path(self.build_lib) / "architect" / "build" / finder.PACKAGED
        for path in finder.walk(source):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)


def _finder() -> ModuleType:
    """Return the module that knows the exemplar's files; it imports nothing of ours, so it loads alone."""
    spec = importlib.util.spec_from_file_location("exemplar", FINDER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(FINDER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


setup(cmdclass={"build_py": BuildWithExemplar})
