"""Quillwort: the business is in `domain`, technology around it."""

__version__ = "0.1.0"
