"""Load on a booted service: a generator in a process of its own, and what its samples say."""
