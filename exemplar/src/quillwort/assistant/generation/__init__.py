"""Answers that a language model writes from passages, and the checks that they go through."""
