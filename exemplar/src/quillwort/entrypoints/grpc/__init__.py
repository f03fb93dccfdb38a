"""gRPC: parse a message, call the service layer, map the answer; nothing is decided here."""

import os

# The C core writes to standard error past the log, about things that reach callers and callees
# anyway as exceptions. It reads these once, so they are set before it is loaded.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "false")
