"""Who is asking: how callers prove it."""
