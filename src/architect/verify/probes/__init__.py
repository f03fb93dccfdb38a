"""Probes: one small function a behaviour, grouped by subject."""
