import pytest
from assistants import chosen
from briefs import Value


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "groups"),
        ({"assistant.access": "everyone"}, "everyone"),
        ({"assistant.access": "owner"}, "owner"),
        ({"assistant.access": "everyone", "security.tenancy": "multi"}, "owner"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("document_access", values) == choice
