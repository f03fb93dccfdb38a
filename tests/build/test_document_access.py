"""For whom a written project takes documents that name no readers."""

import pytest

from architect import app

TEXT = (
    "Lawyers ask questions over 20,000 contracts and get streamed answers over REST and gRPC; docker compose"
)


@pytest.mark.parametrize(
    ("wish", "readers"),
    [
        ("everyone may see everything", "everyone"),
        ("teams see their own contracts", "owner"),
        ("each lawyer asks about their own documents", "owner"),
    ],
)
def test_the_project_is_told_for_whom_documents_are(wish: str, readers: str) -> None:
    files = {
        file.path: file.content.decode(errors="replace")
        for file in app.build(app.design(app.brief(f"{TEXT}; {wish}"))).files
    }
    assert f"DOCUMENT_READERS={readers}\n" in files[".env.example"]
    assert f"DOCUMENT_READERS: ${{DOCUMENT_READERS:-{readers}}}" in files["compose.yaml"]
    (bootstrap,) = (text for path, text in files.items() if path.endswith("bootstrap.py"))
    assert f'settings.documents.for_whom("{readers}")' in bootstrap
    assert "AUTH_GROUPS_CLAIM" in files["README.md"]
    assert "documents:publish" in files["README.md"]
