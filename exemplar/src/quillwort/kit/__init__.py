"""What any service needs to be run: settings, logs, health, limits, a lifecycle."""
