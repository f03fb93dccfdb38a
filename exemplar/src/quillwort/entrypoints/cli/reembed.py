"""`reembed`: moves what is kept to the present embedding model, while the former one serves."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.assistant.embedding import Embedder
from quillwort.assistant.reembedding import Moves, reembed
from quillwort.settings import Settings


class Reembed:
    """Embeds what another model embedded; does nothing when nothing is left to do."""

    help = "embed everything with the present model, and then search that"

    def __init__(
        self,
        open_embedders: Callable[
            [EmbeddingSettings], AbstractAsyncContextManager[Sequence[Embedder]]
        ],
        open_moves: Callable[[Settings], AbstractAsyncContextManager[Moves]],
    ) -> None:
        self._open_embedders = open_embedders
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
        async with (
            self._open_embedders(settings.embedding) as (embedder, *_),
            self._open_moves(settings) as moves,
        ):
            before = await moves.serving()
            await reembed(moves, embedder, _tell)
            if before not in (None, embedder.name):
                sys.stdout.write(f"{embedder.name} serves; {before} is forgotten soon\n")
                await asyncio.sleep(grace_seconds)
            await moves.forget_others(embedder.name)
        sys.stdout.write("done\n")


def _tell(done: int) -> None:
    sys.stdout.write(f"{done} chunks embedded\n")
