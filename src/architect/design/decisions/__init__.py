"""One decision, one file."""
