"""Where the hits that rate limits are made of are counted."""
