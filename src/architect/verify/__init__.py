"""Project directory -> Report, by running it."""

import os

# gRPC runs threads in this process, and a child is made by fork and exec: gRPC's own fork handlers,
# meant for children that go on using it, would abort the child before it is the program it is to be.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
