"""A process begins with what serving needs, and no more."""

import subprocess
import sys
from pathlib import Path

EXTRAS = ("alembic", "anthropic", "openai", "pydantic_ai", "redis", "sqlalchemy")


def test_what_is_installed_besides_is_not_imported() -> None:
    asked = f"""
import sys
import quillwort.__main__
print({set(EXTRAS)!r} & {{*sys.modules}})
"""
    done = subprocess.run(  # noqa: S603 - this interpreter, and a text of ours
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path("src").resolve())},
    )
    assert (done.stdout.strip(), done.stderr) == ("set()", "")
