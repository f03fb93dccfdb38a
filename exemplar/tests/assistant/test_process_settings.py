"""What the process is set to, so that searches in threads do not wait for streams of answers."""

import os
import subprocess
import sys

TOLD = (
    "import os, sys, quillwort.assistant, numpy; "
    "print(os.environ['OPENBLAS_NUM_THREADS'], sys.getswitchinterval())"
)
LONGEST_WAIT = 0.001


def test_threads_are_few_and_take_turns_often() -> None:
    bare = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    told = subprocess.run(  # noqa: S603 - this interpreter, and a text of ours
        [sys.executable, "-c", TOLD], env=bare, check=True, capture_output=True
    )
    (threads, interval) = told.stdout.split()
    assert int(threads) == 1
    assert float(interval) <= LONGEST_WAIT
