"""What makes vectors of texts."""
