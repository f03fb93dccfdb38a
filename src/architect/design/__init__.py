"""Brief -> Questions and Design: pure, fast."""
