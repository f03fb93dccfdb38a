"""Tables: products, outside systems, entities by field. Adding a thing is adding a row."""
