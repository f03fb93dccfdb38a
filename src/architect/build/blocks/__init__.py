"""One block, one file."""
