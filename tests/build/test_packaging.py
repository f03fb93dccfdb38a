"""An installed package carries the exemplar and the templates, as a checkout does."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from architect.build import exemplar

ROOT = Path(__file__).parents[2]
PACKAGED = f"architect/build/{exemplar.PACKAGED}/"

SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
sys.path.insert(1, sys.argv[2])
import architect
from designs import EXEMPLAR
from architect.build import exemplar
from architect.build.engine import build
assert sys.argv[1] in architect.__file__ and sys.argv[1] in str(exemplar.root())
sys.stdout.write(f"{len(build(EXEMPLAR, '').files)}")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built in a copy of nothing but what it is made of."""
    target = tmp_path_factory.mktemp("wheel")
    scratch = tmp_path_factory.mktemp("scratch")
    command = "import setuptools.build_meta as meta, sys; meta.build_wheel(sys.argv[1])"
    for name in ("src", "exemplar", "requirements", "pyproject.toml", "setup.py", "README.md", "LICENSE"):
        (scratch / name).symlink_to(ROOT / name)
    subprocess.run([sys.executable, "-c", command, str(target)], cwd=scratch, check=True, capture_output=True)
    (made,) = target.glob("*.whl")
    return made


def test_a_wheel_carries_the_whole_exemplar_and_nothing_that_running_it_leaves(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        carried = {name.removeprefix(PACKAGED) for name in archive.namelist() if name.startswith(PACKAGED)}
    assert carried == set(exemplar.sources())


def test_an_installed_package_builds(wheel: Path, tmp_path: Path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), here], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 150
