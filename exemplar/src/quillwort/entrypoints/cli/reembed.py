"""`reembed`: moves what is kept to the present embedding model, while the former one serves."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from quillwort.assistant.embedding import Embedder
from quillwort.assistant.reembedding import Moves, reembed
from quillwort.settings import Settings


class Reembed:
    """Embeds what another model embedded; does nothing when nothing is left to do."""

    help = "embed everything with the present model, and then search that"

    def __init__(
        self,
        embedder: Callable[[], Embedder],
        open_moves: Callable[[Settings], AbstractAsyncContextManager[Moves]],
    ) -> None:
        self._embedder = embedder
        self._open_moves = open_moves

    def configure(self, parser: ArgumentParser) -> None:
        """Take how long the vectors of the former model are kept."""
        parser.add_argument(
            "--grace-seconds",
            type=float,
            default=60.0,
            help="how long processes may take to notice, before the former vectors are deleted",
        )

    def run(self, settings: Settings, arguments: Namespace) -> None:
        """Do it, and tell how far it is."""
        asyncio.run(self._run(settings, arguments.grace_seconds))

    async def _run(self, settings: Settings, grace_seconds: float) -> None:
        embedder = self._embedder()
        async with self._open_moves(settings) as moves:
            before = await moves.serving()
            await reembed(moves, embedder, _tell)
            if before not in (None, embedder.name):
                sys.stdout.write(f"{embedder.name} serves; {before} is forgotten soon\n")
                await asyncio.sleep(grace_seconds)
            await moves.forget_others(embedder.name)
        sys.stdout.write("done\n")


def _tell(done: int) -> None:
    sys.stdout.write(f"{done} chunks embedded\n")
