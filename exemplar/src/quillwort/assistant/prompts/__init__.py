"""Prompts: each a file of its own, versioned and tested like code."""
