from pathlib import Path

from architect.build import exemplar


def test_what_running_it_leaves_behind_is_no_part_of_it(tmp_path: Path):
    for name in (
        "Makefile",
        ".env.example",
        ".venv/x",
        ".env",
        "src/a/__pycache__/a.pyc",
        ".local/pg/PID",
        "src/a/b.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = [path.relative_to(tmp_path).as_posix() for path in exemplar.walk(tmp_path)]
    assert sorted(found) == [".env.example", "Makefile", "src/a/b.py"]


def test_a_checkout_finds_the_exemplar_beside_the_sources():
    assert exemplar.root().name == "exemplar"
    assert "Makefile" in exemplar.sources()
