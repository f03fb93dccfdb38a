"""PostgreSQL: the SQL is written out, one file an entity."""
