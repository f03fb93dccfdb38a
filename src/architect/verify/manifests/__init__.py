"""Reading deployment manifests offline: composing, validating, and rules beyond schemas."""
