"""Quillwort: a service whose business lives in `domain` and whose technology lives around it."""

__version__ = "0.1.0"
