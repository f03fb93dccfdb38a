"""Text, architect.yaml -> Brief."""
