import pytest

from architect.build import exemplar
from architect.build.lock import closure, normalised, parse, roots, united
from architect.build.writers.requirements import ALTERNATIVES

MASTER = """\
fastapi==1.0 \\
    --hash=sha256:aa
    # via orders (pyproject.toml)
grpcio==2.0 ; sys_platform != 'win32' \\
    --hash=sha256:bb
    # via
    #   orders (pyproject.toml)
    #   grpcio-status
grpcio-status==2.0 \\
    --hash=sha256:cc
    # via orders (pyproject.toml)
pydantic==3.0 \\
    --hash=sha256:dd \\
    --hash=sha256:de
    # via
    #   fastapi
    #   pydantic-settings
pydantic-settings==3.1 \\
    --hash=sha256:ee
    # via orders (pyproject.toml)
"""


def lock(name: str) -> str:
    return exemplar.sources()[f"requirements/{name}.txt"].content.decode()


def listed(text: str) -> dict[str, tuple[str, ...]]:
    """Direct dependencies of a lock as its own annotations tell them."""
    direct: dict[str, tuple[str, ...]] = {}
    for pin in parse(text):
        origins = tuple(via for via in pin.via if via.startswith("-r ") or "(pyproject.toml)" in via)
        if origins:
            direct[pin.name] = origins
    return direct


@pytest.mark.parametrize("name", ["runtime", "development", "setup"])
def test_the_closure_of_everything_is_the_master(name: str):
    text = lock(name)
    assert closure(parse(text), listed(text)) == text


def test_what_only_a_dropped_dependency_needs_is_dropped_with_it():
    text = closure(parse(MASTER), roots("orders (pyproject.toml)", ["fastapi"]))
    assert text == (
        "fastapi==1.0 \\\n    --hash=sha256:aa\n    # via orders (pyproject.toml)\n"
        "pydantic==3.0 \\\n    --hash=sha256:dd \\\n    --hash=sha256:de\n    # via fastapi\n"
    )


def test_what_the_exemplar_does_without_is_pinned_beside_its_own():
    http = "fastapi==1.0 \\\n    --hash=sha256:aa\n    # via client\n"
    other = f"h2==4.0 \\\n    --hash=sha256:ff\n    # via fastapi\n{http}"
    client = "client==5.0 \\\n    --hash=sha256:ba\n    # via -r alternatives.in\n"
    text = closure(united(parse(MASTER), parse(client + other)), roots("orders (pyproject.toml)", ["client"]))
    assert [pin.name for pin in parse(text)] == ["client", "fastapi", "h2", "pydantic"]
    assert "fastapi==1.0 \\\n    --hash=sha256:aa\n    # via client\n" in text


def test_both_locks_agree():
    """A project that takes from both must get one version of each."""
    known = {pin.name: pin.lines[0].split()[0] for pin in parse(lock("development"))}
    others = {pin.name: pin.lines[0].split()[0] for pin in parse(ALTERNATIVES.read_text(encoding="utf-8"))}
    assert others.items() - known.items() == {
        (name, pin) for name, pin in others.items() if name not in known
    }


def test_roots_come_before_those_that_need_it_too():
    direct = roots("orders (pyproject.toml)", ["grpcio", "grpcio-status>=2"])
    assert "    # via\n    #   orders (pyproject.toml)\n    #   grpcio-status\n" in closure(
        parse(MASTER), direct
    )


def test_every_direct_dependency_of_the_real_lock_closes_alone():
    text = lock("development")
    pins = parse(text)
    for name in listed(text):
        alone = parse(closure(pins, roots("x (pyproject.toml)", [name])))
        names = {pin.name for pin in alone}
        assert name in names
        assert all(set(pin.via) <= names | {"x (pyproject.toml)"} for pin in alone)


def test_an_unpinned_dependency_is_an_error():
    with pytest.raises(KeyError, match="django is not pinned"):
        closure(parse(MASTER), roots("orders (pyproject.toml)", ["django"]))


def test_a_file_that_begins_otherwise_is_refused():
    with pytest.raises(ValueError, match="begins with a pin"):
        parse("--index-url somewhere\nfastapi==1.0\n")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("pydantic_settings>=2", "pydantic-settings"),
        ("PyJWT[crypto]>=2", "pyjwt"),
        ("uvloop; x", "uvloop"),
    ],
)
def test_names_compare_as_indexes_compare_them(written: str, name: str):
    assert normalised(written) == name
