"""The business: entities, rules and services, importing no framework."""
