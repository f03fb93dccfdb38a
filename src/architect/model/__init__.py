"""Frozen values that every stage speaks in; nothing here imports anything of ours."""
