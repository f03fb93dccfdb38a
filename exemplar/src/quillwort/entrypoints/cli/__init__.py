"""Commands: what `python -m quillwort` can do besides serving."""
