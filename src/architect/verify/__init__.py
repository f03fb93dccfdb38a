"""Project directory -> Report, by running it."""
