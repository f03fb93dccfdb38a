"""Technology behind the domain's ports; the composition root alone chooses among it."""
