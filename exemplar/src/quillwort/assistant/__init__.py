"""Documents that are kept, found again and asked: ingestion, retrieval, answers."""

import os

# Read when NumPy is first imported, which is below here. Products of a search or of one batch are
# too small for several threads each: they took ten times the processor time. Batches of several
# documents take a processor each instead.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
