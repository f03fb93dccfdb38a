"""Observers that count and time for Prometheus."""
