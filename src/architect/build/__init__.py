"""Design -> Project -> files."""
