"""Documents, searches and questions over gRPC."""
