"""architect.yaml: its shape, where each value stands, from it to a Brief and back."""
