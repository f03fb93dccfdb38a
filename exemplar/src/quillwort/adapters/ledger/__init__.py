"""What was spent on language models, and the completions that were paid for."""
