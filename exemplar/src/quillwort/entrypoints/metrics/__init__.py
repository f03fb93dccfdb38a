"""How requests and calls are timed, and where Prometheus asks."""
