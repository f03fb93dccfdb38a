"""The queries a service sends, found by listening, and their plans at the brief's volume."""
