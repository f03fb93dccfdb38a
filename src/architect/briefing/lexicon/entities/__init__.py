"""Common entities with typed fields of their own kind, a file a field of business; adding a row adds an entity."""
