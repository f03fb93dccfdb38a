"""Which loader reads which media type."""

from collections.abc import Mapping
from typing import Final

from quillwort.adapters.loaders import html, markdown, pdf, text
from quillwort.assistant.loading import HTML, MARKDOWN, PDF, TEXT, Loader

LOADERS: Final[Mapping[str, Loader]] = {
    HTML: html.load,
    MARKDOWN: markdown.load,
    PDF: pdf.load,
    TEXT: text.load,
}
