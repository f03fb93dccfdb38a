"""What makes blocks of documents, one module a format."""
