"""Comparisons shared out among processes: a full proof takes every core, and what it has found outlives its being stopped."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.oracle.compared import Compared

Numbered = tuple[int, tuple]
"""Number of a filter among all, and the filter as `drawn` gives it."""


def compare(compared: Compared, filters: Sequence[tuple], processes: int, told: Path) -> None:
    """All filters, in as many forks as there are processes, each its share of neighbours (what is alike stands together). What
    they asked, met and disagreed on is added to `compared`; `told` gets a line a filter as it is compared.

    Raises RuntimeError where a fork ended before it had told."""
    numbered, each = list(enumerate(filters)), -(-len(filters) // processes)
    told.parent.mkdir(parents=True, exist_ok=True)
    told.write_text("", encoding="utf-8")
    context, forks = get_context("fork"), []
    compared.engine.dispose()  # no connection is shared by forks
    for share in (numbered[start : start + each] for start in range(0, len(numbered), each)):
        mine, theirs = context.Pipe(duplex=False)
        fork = context.Process(target=_share, args=(compared, share, theirs, told))
        fork.start()
        theirs.close()
        forks.append((fork, mine))
    for fork, mine in forks:
        try:
            asked, met, disagreed = mine.recv()
        except EOFError:
            raise RuntimeError(f"a fork ended with {fork.exitcode}, see {told}") from None
        fork.join()
        compared.asked.update(asked)
        compared.met.update(met)
        compared.disagreed += disagreed


def _share(compared: Compared, share: Sequence[Numbered], back: Connection, told: Path) -> None:
    for number, (used, asked) in share:
        before = len(compared.disagreed)
        compared.compare(number, used, asked)
        said = compared.disagreed[before:]
        with told.open("a", encoding="utf-8") as lines:
            lines.write(f"{number} {'agreed' if not said else ' | '.join(said)}\n")
    back.send((compared.asked, compared.met, compared.disagreed))
