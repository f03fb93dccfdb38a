"""architect.yaml to Brief and back, and its published JSON Schema.

The modules that do it load pydantic and a YAML parser, so they are imported when they are needed:
reading a sentence waits for neither.
"""

from architect.model.brief import Brief


def read_document(source: str, name: str) -> Brief:
    """Return the brief that the text of an architect.yaml describes.

    Args:
        source: the text.
        name: what to call it in messages, usually its path.

    Raises:
        InputError: with line and column, what is wrong and how to mend it, in one line.
    """
    from architect.briefing.file.read import brief_of
    from architect.briefing.file.source import parse

    return brief_of(parse(source, name))


def write_document(brief: Brief) -> str:
    """Return the brief as the text of an architect.yaml.

    Reading it back gives the same wishes: what was assumed stands in comments, to be assumed again.
    """
    from architect.briefing.file.write import text_of

    return text_of(brief)


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of architect.yaml."""
    from architect.briefing.file.shape import schema

    return schema()
