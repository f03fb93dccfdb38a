"""Documents and their indexes in PostgreSQL, in one transaction."""
