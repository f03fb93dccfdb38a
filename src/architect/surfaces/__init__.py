"""The ways in: thin, each calls app only."""
