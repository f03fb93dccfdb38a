"""Starting, stopping and losing the database: what the boot gate does to a service."""
