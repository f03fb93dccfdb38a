"""Backend Architect: from a sentence to a Python backend that has been run, attacked and measured."""

__version__ = "0.1.0"
