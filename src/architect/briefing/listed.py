"""Sets of words, written as one text each."""


def listed(words: str) -> frozenset[str]:
    """Return the words of a text: ``listed("a an the")`` has three."""
    return frozenset(words.split())
