"""Answers given again to the same question in other words, as far as guards can tell that it is."""
