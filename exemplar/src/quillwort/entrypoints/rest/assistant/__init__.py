"""Documents, searches and questions over REST."""
