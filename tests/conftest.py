"""No test reads or writes the calibration and prices of the person who runs it."""

import os
import tempfile


def pytest_configure() -> None:
    os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="architect-tests-")
