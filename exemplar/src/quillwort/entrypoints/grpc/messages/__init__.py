"""Messages to inputs of the domain and back, field by field."""
