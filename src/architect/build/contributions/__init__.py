"""The types of what blocks contribute to shared files, one module a concern."""
