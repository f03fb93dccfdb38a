"""Commands of a project's README, run as they are printed."""

import os
import re
import subprocess
import threading
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

README = Path("exemplar/README.md")


class Intake(BaseHTTPRequestHandler):
    """Takes files in, and has each second request wait for the rate limit first."""

    requests = 0
    taken: list[tuple[str, bytes, str]]

    def do_POST(self) -> None:
        """Answer 429 or 207."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        cls = type(self)
        cls.requests += 1
        if cls.requests % 2 == 0:
            self._answer(429)
            return
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        for part in BytesParser().parsebytes(head + body).walk():
            name = part.get_filename()
            if name is not None:
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                cls.taken.append((name, content, self.headers["Authorization"]))
        self._answer(207)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_folder_is_sent_whole_through_the_rate_limit(tmp_path: Path) -> None:
    (command,) = re.findall(r"```sh\n(find docs .*?)\n```", README.read_text(), re.DOTALL)
    names = ("a.md", "b, c; d.md", "deeper/e f.md")
    for name in names:
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    (tmp_path / "Makefile").write_text("token:\n\t@echo a-token\n")
    Intake.requests, Intake.taken = 0, []
    with ThreadingHTTPServer(("127.0.0.1", 0), Intake) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"127.0.0.1:{server.server_port}"
        try:
            done = subprocess.run(
                ["/bin/sh", "-c", command.replace("localhost:8000", there)],
                cwd=tmp_path,
                # As in a terminal: a make above this one would have it name directories.
                env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
                capture_output=True,
                timeout=60,
                check=False,
            )
        finally:
            server.shutdown()
    assert done.returncode == 0, done.stderr
    assert sorted(Intake.taken) == [
        (f"docs/{n}", f"# {n}\n".encode(), "Bearer a-token") for n in sorted(names)
    ]
