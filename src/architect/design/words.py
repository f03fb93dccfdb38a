"""Small words for the sentences that people read."""


def counted(count: float, noun: str) -> str:
    """Return the count with its noun, as in "1 reference" and "2 references"."""
    return f"{count:,.10g} {noun}" if count == 1 else f"{count:,.10g} {noun}s"
