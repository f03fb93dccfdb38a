"""The short way through Markdown without markup gives what the long way gives."""

import re
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from quillwort.adapters.loaders import markdown

NEVER = re.compile(r"(?!)")
PIECES = st.sampled_from([*"\\`*_[]<&!#$:~|()\n\t .", "word", "https://a.b", "a@b.c", "&amp;", "é"])


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=30))
@example("5 * 4, a_b_c, \\*")
@example("trailing  \nline")
def test_text_without_markup_is_read_as_the_parser_reads_it(text: str) -> None:
    content = f"a {text}".encode("utf-8", "ignore")
    short = list(markdown.load(content))
    with patch.object(markdown, "_PLAIN", NEVER):
        assert list(markdown.load(content)) == short
