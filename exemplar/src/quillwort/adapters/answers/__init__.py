"""Answers, where they are kept."""
