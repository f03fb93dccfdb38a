"""vm: a unit of systemd on a machine of one's own."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Way
from architect.build.scene import Scene
from architect.build.slots import Contribution

_COMMANDS = """\
cd /opt/quillwort
python3 -m venv .venv
.venv/bin/pip install --no-deps --require-hashes --requirement requirements/{pins}.txt
install -D --mode=600 deploy/systemd/quillwort.env /etc/quillwort/quillwort.env   # and fill in what is empty
install --mode=644 deploy/systemd/quillwort.service /etc/systemd/system/
systemctl daemon-reload && systemctl enable --now quillwort"""


def _contribute(scene: Scene) -> Iterator[Contribution]:
    commands = _COMMANDS.format(pins="models" if scene.choices.language_model else "runtime")
    yield Way(30, "A machine", "Copy the project to `/opt/quillwort`, then as root:", commands)


BLOCKS.add(
    "vm",
    Block(title="systemd", selected=lambda choices: choices.deployment == "vm", contribute=_contribute),
)
