"""One file an entity: a valid message, and what it takes to make one."""
