"""No test reads or writes the calibration and prices of the person who runs it."""

import os
import signal
import tempfile


def pytest_configure() -> None:
    os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="architect-tests-")
    # A shell's background job ignores Ctrl-C, and so would the commands that tests interrupt.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
