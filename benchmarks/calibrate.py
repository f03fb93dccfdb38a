"""Measures what the exemplar's requests cost and writes ``src/architect/design/data/calibration.json``.

    .venv/bin/python benchmarks/calibrate.py

The load gate does the measuring: a closed loop of each operation alone, CPU of the server process out of
/proc, work of the database out of its own clock. Run it on a quiet machine; the exemplar's records quote the
figures, so run `python -m architect.build.refresh` afterwards and look at the difference before committing.
"""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from architect import app
from architect.model.event import Event, GateProgress
from architect.verify.load.calibration import calibration_file
from architect.verify.run import verify
from architect.verify.subject import subject_of

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "src" / "architect" / "design" / "data" / "calibration.json"


def told(event: Event) -> None:
    """Print what is being measured."""
    if isinstance(event, GateProgress):
        print(event.text, file=sys.stderr)


def main() -> int:
    """Measure, write, print; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        exemplar = ROOT / "exemplar"
        brief = app.complete(app.brief(str(exemplar / "architect.yaml")))
        subject = subject_of(exemplar, brief, app.design(brief))
        asyncio.run(verify(subject, told, gates=("load",), checks=("calibration",)))
        measured = json.loads(calibration_file().read_text(encoding="utf-8"))
    measured["because"] = f"benchmarks/calibrate.py: {measured['because']}"
    SHIPPED.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(measured, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
