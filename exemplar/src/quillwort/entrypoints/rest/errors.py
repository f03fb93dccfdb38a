"""What only HTTP can get wrong; answered as the errors of the domain are."""

from quillwort.domain.errors import DomainError


class BodyTooLarge(DomainError):
    """The body has more bytes than are taken here."""

    code = "body_too_large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"A body has at most {max_bytes} bytes.")


class UnsupportedMediaType(DomainError):
    """The body is of a kind that is not read here."""

    code = "unsupported_media_type"

    def __init__(self, media_type: str) -> None:
        super().__init__(f"Send {media_type}.")
