"""Our values on a terminal."""
