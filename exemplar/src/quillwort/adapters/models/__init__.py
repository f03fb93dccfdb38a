"""Language models of providers, asked through one client."""
