"""Documents that are kept, found again and asked: ingestion, retrieval, answers."""
