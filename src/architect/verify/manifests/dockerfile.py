"""What an image's recipe must and must not do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from architect.model.report import Finding
from architect.verify.manifests.kubernetes import floating
from architect.verify.manifests.secret import looks_secret

CHECK = "dockerfile"
_INSTRUCTION = re.compile(r"^\s*([A-Za-z]+)\s+(.*)$", re.DOTALL)
_VARIABLE = re.compile(r"\$\{?(\w+)(?::-([^}]*))?\}?")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: upper-case keyword, its arguments joined to one line, line number of its start."""

    keyword: str
    arguments: str
    line: int


def instructions(source: str) -> list[Instruction]:
    """Return the instructions of a Dockerfile, continuation lines joined, comments left out."""
    found: list[Instruction] = []
    pending, start = "", 0
    for line_number, line in enumerate(source.splitlines(), start=1):
        if line.lstrip().startswith("#") or (not pending and not line.strip()):
            continue
        start = start if pending else line_number
        if line.rstrip().endswith("\\"):
            pending += line.rstrip()[:-1] + " "
            continue
        match = _INSTRUCTION.match(pending + line)
        pending = ""
        if match:
            found.append(Instruction(match.group(1).upper(), " ".join(match.group(2).split()), start))
    return found


def examine(file: Path) -> Iterator[Finding]:
    """Yield what is wrong with a Dockerfile: who runs it, what it stands on, whether it can be watched.

    Raises:
        OSError: it cannot be read.
    """
    found = instructions(file.read_text(encoding="utf-8"))
    final = _final_stage(found)
    yield from _bases(found)
    yield from _user(final)
    if not any(each.keyword == "HEALTHCHECK" and each.arguments.upper() != "NONE" for each in final):
        yield _finding("cannot be watched", 1, "add a HEALTHCHECK")
    if not any(each.keyword in ("ENTRYPOINT", "CMD") and each.arguments.startswith("[") for each in final):
        yield _finding("starts through a shell, which swallows SIGTERM", 1, 'use the ["exec", "form"]')
    yield from _sources(found, file.parent)
    for each in found:
        if each.keyword in ("ENV", "ARG"):
            for name, _, value in (pair.partition("=") for pair in each.arguments.split()):
                if looks_secret(name, value):
                    yield _finding(
                        f"{each.keyword} {name} keeps a secret in the image", each.line, "mount it"
                    )


def _final_stage(found: list[Instruction]) -> list[Instruction]:
    last = max((index for index, each in enumerate(found) if each.keyword == "FROM"), default=0)
    return found[last:]


def _bases(found: list[Instruction]) -> Iterator[Finding]:
    values: dict[str, str] = {}
    stages: set[str] = set()
    for each in found:
        if each.keyword == "ARG":
            name, _, value = each.arguments.partition("=")
            values[name] = value
        elif each.keyword == "FROM":
            words = [word for word in each.arguments.split() if not word.startswith("--")]
            image = _VARIABLE.sub(lambda known: values.get(known.group(1)) or known.group(2) or "", words[0])
            if image not in stages and image != "scratch" and (problem := floating(image)):
                yield _finding(problem, each.line, "name a version, or a digest")
            if len(words) == 3 and words[1].upper() == "AS":  # noqa: PLR2004 - FROM image AS name
                stages.add(words[2])


def _user(final: list[Instruction]) -> Iterator[Finding]:
    users = [each for each in final if each.keyword == "USER"]
    if not users:
        yield _finding("runs as root", 1, "add USER with a numeric id")
    elif not re.fullmatch(r"[1-9]\d*(:\d+)?", users[-1].arguments):
        message = f"runs as {users[-1].arguments!r}, which runAsNonRoot cannot check"
        yield _finding(message, users[-1].line, "use a numeric id above 0")


def _sources(found: list[Instruction], directory: Path) -> Iterator[Finding]:
    for each in found:
        words = [word for word in each.arguments.split() if not word.startswith("--")]
        if each.keyword not in ("COPY", "ADD") or "--from=" in each.arguments:
            continue
        for source in words[:-1]:
            if source.startswith(("http://", "https://")):
                yield _finding(f"fetches {source} unverified", each.line, "fetch it with a checksum")
            elif not any(directory.glob(source.rstrip("/") or ".")) and source != ".":
                yield _finding(f"copies {source!r}, which is not there", each.line, "mend the path")


def _finding(message: str, line: int, mend: str) -> Finding:
    return Finding(CHECK, "error", message, f"Dockerfile:{line}", mend)
