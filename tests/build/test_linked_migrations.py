from architect import app
from architect.build.migrations import linked


def _migration(revision: str, follows: str) -> str:
    return f'"""Tables."""\n\nrevision = "{revision}"\ndown_revision = {follows}\n'


def test_migrations_follow_those_that_are_there() -> None:
    texts = {
        "migrations/versions/0003_models.py": _migration("0003", '"0002"'),
        "migrations/versions/0001_initial.py": _migration("0001", "None"),
        "migrations/env.py": 'down_revision = "kept"',
    }
    done = linked(texts)
    assert done == {
        "migrations/versions/0001_initial.py": _migration("0001", "None"),
        "migrations/versions/0003_models.py": _migration("0003", '"0001"'),
    }


def test_every_migration_of_a_project_follows_another_of_it() -> None:
    text = "Lawyers ask questions over 20,000 contracts and get streamed answers; docker compose"
    project = app.build(app.design(app.brief(text)))
    files = {file.path: file.content.decode(errors="replace") for file in project.files}
    assert linked(files).items() <= files.items()
    assert len(linked(files)) > 1
