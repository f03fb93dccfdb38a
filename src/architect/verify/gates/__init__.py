"""One gate, one file."""
