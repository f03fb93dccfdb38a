"""vm: a unit of systemd on a machine of one's own."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Way
from architect.build.scene import Scene
from architect.build.slots import Contribution

_COMMANDS = """\
cd /opt/quillwort
python3 -m venv .venv
.venv/bin/pip install --no-deps --no-compile --require-hashes {requirements}
.venv/bin/python -m compileall -q -x '/tests?/' .venv src
install -D --mode=600 deploy/systemd/quillwort.env /etc/quillwort/quillwort.env   # and fill in what is empty
install --mode=644 deploy/systemd/quillwort.service /etc/systemd/system/
systemctl daemon-reload && systemctl enable --now quillwort"""


def _contribute(scene: Scene) -> Iterator[Contribution]:
    names = [
        "migrations",
        *(["models"] if scene.choices.language_model else []),
        *(["redis"] if scene.choices.counting == "redis" else []),
    ]
    requirements = " ".join(f"--requirement requirements/{name}.txt" for name in names)
    commands = _COMMANDS.format(requirements=requirements)
    yield Way(30, "A machine", "Copy the project to `/opt/quillwort`, then as root:", commands)


BLOCKS.add(
    "vm",
    Block(title="systemd", selected=lambda choices: choices.deployment == "vm", contribute=_contribute),
)
