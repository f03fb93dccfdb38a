"""One file an entity."""
