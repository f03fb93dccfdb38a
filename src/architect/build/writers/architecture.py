"""ARCHITECTURE.md: the system, its rooms, a request's way."""

from collections.abc import Iterator

from architect.build import texts
from architect.build.choices import Choices
from architect.build.contributions.documents import Caller, Neighbour
from architect.build.contributions.python import Command, ServerPart
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "ARCHITECTURE.md"

_STUBS = "| `v1/` | the gRPC stubs, made from `proto/` by `make proto` |"
_ASSISTANT = "| `assistant/` | documents, searches and answers: the use cases and the ports that they need |"


def _adapters(choices: Choices) -> list[str]:
    own = ["answers", "corpus", "embedding", "loaders"] if choices.assistant else []
    models = ["models", "ledger"] if choices.language_model else []
    counted = ["metrics"] if choices.metrics and choices.assistant else []
    file = ["sqlite"] if choices.assistant and choices.vector_store == "sqlite" else []
    return ["postgresql", *file, "identity", "limits", *own, *models, *counted]


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    choices = scene.choices
    doors = [name for name, there in (("rest", choices.rest), ("grpc", choices.grpc)) if there]
    callers, servers = slots.of(Caller), slots.of(ServerPart)
    modes = sorted(["all", *(server.mode for server in servers), *(each.name for each in slots.of(Command))])
    text = shared(
        PATH,
        intro=_intro(choices),
        callers=callers,
        made_of=", ".join(["Python", *(server.made_of for server in reversed(servers))]),
        neighbours=slots.of(Neighbour),
        identified=[caller.name for caller in callers if choices.identity == "jwt"],
        doors=", ".join(f"`{door}`" for door in [*doors, *(["metrics"] if choices.metrics else [])]),
        rows=[_STUBS] if choices.grpc else [],
        assistant=[_ASSISTANT] if choices.assistant else [],
        adapters=", ".join(f"`{name}`" for name in _adapters(choices)),
        commands=", ".join(f"`{mode}`" for mode in modes),
        paths=", ".join(f"entrypoints/{door}" for door in doors),
        door=" or ".join(doors),
        surrounded=_surrounded(choices),
        errors=_errors(choices),
        settings=_settings(choices),
    )
    yield Text(PATH, text)


def _intro(choices: Choices) -> str:
    both = choices.rest and choices.grpc
    translate = "Both translate to the same services" if both else "It translates to services"
    return (
        f"Quillwort is one Python process that serves {texts.spoken(choices)} on one event loop. {translate};"
        " a service knows the rules and asks a repository; the repository's adapter is SQL. Why it is so"
        " stands in [docs/adr](docs/adr/README.md)."
    )


def _surrounded(choices: Choices) -> str:
    files = [
        *(["[rest/app.py](src/quillwort/entrypoints/rest/app.py)"] if choices.rest else []),
        *(["[grpc/server.py](src/quillwort/entrypoints/grpc/server.py)"] if choices.grpc else []),
    ]
    return f"What surrounds a request is in {' and '.join(files)}, in order."


def _errors(choices: Choices) -> str:
    forms = [
        *(["to problem details (RFC 9457)"] if choices.rest else []),
        *(["to a status with details"] if choices.grpc else []),
    ]
    return (
        "Errors are raised as `domain/errors.py` names them; each entry point maps them once,"
        f" {' or '.join(forms)}."
    )


def _settings(choices: Choices) -> str:
    issuer = ", the development issuer" if choices.identity == "jwt" else ""
    return (
        "Settings come from the environment, are read once, and are refused together, with the variables'"
        " names. In production a section also refuses what is for development alone: the embedded"
        f" PostgreSQL{issuer}."
    )


WRITERS.add("architecture", Writer("core", _write))
