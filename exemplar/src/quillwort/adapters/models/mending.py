"""Text of a provider as it can be encoded and kept: no half of a surrogate pair, and no NUL."""


class Mending:
    """Text that comes in pieces, which may part the halves of a surrogate pair."""

    def __init__(self) -> None:
        self._half = ""

    def add(self, piece: str) -> str:
        """Return what can be told once this piece has come; a first half waits for its second."""
        text = self._half + piece.replace("\0", "")
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        return mended(text.removesuffix(self._half))

    def end(self) -> str:
        """Return what is left when no more comes."""
        return mended(self._half)


def mended(text: str) -> str:
    """Return a text whose halves are joined, and U+FFFD where one is alone; NULs are dropped."""
    whole = text.replace("\0", "").encode("utf-16-le", "surrogatepass")
    return whole.decode("utf-16-le", "replace")
