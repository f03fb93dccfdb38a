"""A server on loopback that speaks as providers of language models do, and does what a script says."""
