"""Ways in: each parses, calls a service, and maps the answer; nothing is decided here."""
