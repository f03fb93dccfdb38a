"""The one error a person sees: what is wrong, where, and how to mend it."""


class InputError(Exception):
    """Bad input: shown as one line, exit status 2, no traceback.

    Args:
        what: what is wrong, without a final full stop.
        where: the file with line and column, the option or the value it stands in.
        mend: what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(self.line())

    def line(self) -> str:
        """Return the one line: ``where: what; mend``."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.mend}" if self.mend else text
