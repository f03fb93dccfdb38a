"""What `make proto` makes of proto/quillwort/v1."""
