"""The sentences of docstrings that depend on what an entity has."""

from dataclasses import dataclass

_TAKEN = "AlreadyExists: when a unique value is taken."


@dataclass(frozen=True, slots=True)
class Docs:
    """What is said of an entity: whether it is owned, has unique values, refers to others."""

    prose: str
    article: str
    owned: bool
    unique: bool
    refers: bool
    refers_to_owned: bool

    @property
    def confines(self) -> tuple[str, ...]:
        """What the repository says of the owner it is given."""
        if not self.owned:
            return ()
        return ("`owner` confines a call to that owner's rows; None reaches everybody's.",)

    @property
    def service(self) -> str:
        """What every method of the service raises."""
        reach = "the rows that the caller may reach" if self.owned else "them"
        return (
            f"Every method raises `PermissionDenied` without the scope. Those that name {self.article}"
            f" {self.prose} raise `NotFound` when there is none among {reach}, `VersionMismatch` when"
            " `expected_version` is given and is not the stored version, and `ConcurrentChange` when somebody"
            " else changed it during the call."
        )

    @property
    def owned_by_caller(self) -> str:
        """Whose a new one is."""
        return ", owned by the caller" if self.owned else ""

    @property
    def created(self) -> tuple[tuple[str, ...], ...]:
        """What making one raises: one list of lines, or none."""
        return self._raised("that the caller owns")

    @property
    def kept(self) -> tuple[tuple[str, ...], ...]:
        """What keeping one raises: one list of lines, or none."""
        return self._raised("of the same owner")

    def _raised(self, whose: str) -> tuple[tuple[str, ...], ...]:
        lines = [_TAKEN] if self.unique else []
        if self.refers:
            which = whose if self.refers_to_owned else "that exists"
            lines.append(f"ReferenceMissing: when it refers to nothing {which}.")
        return (tuple(lines),) if lines else ()
