"""Bad input is one clear line on standard error and exit status 2; nothing is left half-written."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ARCHITECT = str(Path(sys.executable).parent / "architect")
WISH = "REST API with FastAPI for a clinic: store patients and appointments, 50 requests per second"


def architect(
    *arguments: str | bytes, stdin: bytes | None = None, **options: object
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [ARCHITECT, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "120"},
        **options,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def document(tmp_path: Path, text: str) -> str:
    path = tmp_path / "architect.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", ["brief", "questions", "design"])
def test_empty_text(command: str) -> None:
    assert_refused(architect(command, ""), "nothing to read")
    assert_refused(architect(command, "   \n\t "), "nothing to read")


def test_binary_on_standard_input() -> None:
    assert_refused(architect("brief", "-", stdin=bytes(range(256)) * 16), "UTF-8")


def test_ten_megabytes(tmp_path: Path) -> None:
    big = tmp_path / "wish.txt"
    big.write_bytes(b"store orders " * 800_000)
    assert_refused(architect("brief", str(big)), "10,400,000")
    assert_refused(architect("brief", "-", stdin=big.read_bytes()))


def test_binary_file(tmp_path: Path) -> None:
    file = tmp_path / "wish.bin"
    file.write_bytes(b"\x00\xff\xfe\x81" * 100)
    assert_refused(architect("brief", str(file)), "wish.bin")


def test_missing_file_and_directory(tmp_path: Path) -> None:
    assert_refused(architect("brief", "nowhere/architect.yaml"), "nowhere/architect.yaml", "no such file")
    assert_refused(architect("brief", str(tmp_path)), "directory")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("intent: build\nlaod: {}\n", (":2:1", "laod", "load")),
        ("intent: build\nload: {requests_per_second: fast}\n", (":2:", "requests_per_second")),
        ("intent: build\nservices:\n- entities: {class: {}}\n", (":3:", "class")),
        ("intent: build\nservices:\n- entities: {Order: {}, order: {}}\n", (":3:", "rder")),
        (
            "intent: build\nservices:\n- entities:\n    Order:\n      fields: {total: monney}\n",
            (":5:", "monney", "money"),
        ),
        ("intent: build\nprefer: {database: postgresql}\navoid: [postgresql]\n", ("postgresql",)),
        ("intent: [build\n", (":",)),
        ("- a\n- b\n", ("architect.yaml",)),
    ],
    ids=[
        "unknown key",
        "wrong type",
        "reserved word",
        "duplicate",
        "field type",
        "contradiction",
        "syntax",
        "not a mapping",
    ],
)
def test_document(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    assert_refused(architect("design", document(tmp_path, text)), *words)


def test_target_directory_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    done = architect("build", WISH, str(tmp_path / "taken"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "taken" in done.stderr
    assert [each.name for each in (tmp_path / "taken").iterdir()] == ["mine.txt"]
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_unknown_verb_and_option() -> None:
    assert_refused(architect("desing", WISH), "desing", "design")
    assert_refused(architect("brief", WISH, "--jsno"), "--jsno")
    assert_refused(architect("brief"), "TEXT|FILE")


def test_verify_of_what_is_no_project(tmp_path: Path) -> None:
    assert_refused(architect("verify", str(tmp_path)), "architect.yaml")


def _limit_file_size() -> None:
    import resource  # noqa: PLC0415 - runs in the child

    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    done = architect("build", WISH, str(tmp_path / "clinic"), preexec_fn=_limit_file_size)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def _stopped(target: Path, heading: str, number: signal.Signals) -> str:
    """Begin a project, send the signal once its heading is shown, and return what is said of that."""
    child = subprocess.Popen(
        [ARCHITECT, "new", WISH, str(target), "--yes"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    for line in child.stdout:
        if line.startswith(heading):
            break
    child.send_signal(number)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 2
    assert len(said.splitlines()) == 1, said
    return said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_half_way(tmp_path: Path, number: signal.Signals) -> None:
    target = tmp_path / "clinic"
    _stopped(target, "Decisions", number)
    assert [each for each in tmp_path.iterdir() if each != target] == []
    if target.exists():
        assert (target / ".architect").is_dir(), "a project is there whole or not at all"


def test_interrupt_in_the_gates_says_how_to_go_on(tmp_path: Path) -> None:
    target = tmp_path / "clinic"
    assert f"architect verify {target}" in _stopped(target, "Gates", signal.SIGINT)
    assert (target / "Makefile").is_file()


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_output_cut_short_is_no_error(options: tuple[str, ...]) -> None:
    child = subprocess.Popen(
        [ARCHITECT, "design", WISH, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout
    assert child.stderr
    child.stdout.read(10)
    child.stdout.close()
    assert child.stderr.read() == b""
    assert child.wait(timeout=30) == 0


def test_json_is_one_object() -> None:
    for command in ("brief", "questions", "design"):
        done = architect(command, WISH, "--json")
        assert done.returncode == 0, done.stderr
        assert isinstance(json.loads(done.stdout), dict)


def _typed_into(arguments: list[str], keys: str) -> tuple[int, str]:
    """Run the tool on a pseudo-terminal, type, and return its exit status and what it showed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(ARCHITECT, [ARCHITECT, *arguments])  # noqa: S606 - the tool under test, no shell wanted
    os.write(terminal, keys.encode())
    shown = b""
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:
        pass
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), shown.decode(errors="replace")


def test_questions_come_one_at_a_time_on_a_terminal(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    status, shown = _typed_into(["new", "a REST API to store orders", str(target)], "nonsense!\n1\ndone\n")
    assert "because" in shown
    assert "not understood" in shown
    assert "Decisions" in shown
    assert status == 2


@pytest.fixture(autouse=True)
def _elsewhere(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None] | None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    return None


def test_what_is_kept_is_asked_when_the_text_does_not_say(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    status, shown = _typed_into(
        ["new", "I need a REST API with FastAPI", str(target)], "\nbooks and loans\ndone\n"
    )
    assert "What does it keep?" in shown
    assert "Decisions" in shown
    assert status == 2
