"""Documents that are kept, found again and asked: ingestion, retrieval, answers."""

import os
import sys

# Read when NumPy is first imported, which is below here. Products of a search or of one batch are
# too small for several threads each: they took ten times the processor time. Batches of several
# documents take a processor each instead.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A thread that reads a file or computes a vector gives the interpreter's lock back dozens of times,
# and waits this long for it each time while answers are streamed. Python's 5 milliseconds made 500
# of a search that takes 10.
sys.setswitchinterval(0.0005)
