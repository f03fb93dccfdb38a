"""Quillwort: the business is in `domain`, technology around it."""

import gc

# What is imported stays: to look for garbage in it after every 700 objects takes a fifth of the
# time that a start takes.
gc.set_threshold(10_000)

__version__ = "0.1.0"
