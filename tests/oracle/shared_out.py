"""Comparisons shared out among processes: a full proof takes every core, and what it has found outlives its being stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.oracle.compared import Compared

Numbered = tuple[int, tuple]
"""Number of a filter among all, and the filter as `drawn` gives it."""
AGREED = "agreed"
ROOT = Path(__file__).resolve().parents[2]
JUDGED = (
    "portal/**/*.py",
    "portal/**/*.po",
    "templates/**/*.html",
    "migrations/**/*.py",
    "seed_data/**/*",
    "tests/oracle/*.py",
)
"""The program and its judge: what was compared holds for these files alone."""


def compare(compared: Compared, filters: Sequence[tuple], processes: int, told: Path) -> int:
    """All filters, in as many forks as there are processes, each its share of neighbours (what is alike stands together). What
    they asked, met and disagreed on is added to `compared`; `told` gets a line a filter as it is compared. What an earlier run
    found to agree, of the same program and judge, is not compared again; returns how many that were.

    Raises RuntimeError where a fork ended before it had told; the next run goes on from there."""
    edition = _edition(ROOT)
    done = agreed_before(told, edition)
    left = [one for one in enumerate(filters) if one[0] not in done]
    for number in done:
        compared.count(*filters[number])
    told.parent.mkdir(parents=True, exist_ok=True)
    told.write_text(
        "".join(f"{line}\n" for line in (edition, *(f"{number} {AGREED}" for number in sorted(done)))), "utf-8"
    )
    _share_out(compared, left, processes, told)
    return len(done)


def agreed_before(told: Path, edition: str) -> set[int]:
    """The numbers of the filters that a file of this edition says to agree; a last line that was cut short says nothing."""
    lines = told.read_text("utf-8").splitlines(keepends=True) if told.exists() else []
    if not lines or lines[0] != f"{edition}\n":
        return set()
    return {
        int(number) for number, _space, word in (line.partition(" ") for line in lines[1:]) if word == f"{AGREED}\n"
    }


def _edition(root: Path) -> str:
    """The files in `JUDGED` as one hash."""
    made = sha256()
    for path in sorted({path for pattern in JUDGED for path in root.glob(pattern) if path.is_file()}):
        made.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()[:16]


def _share_out(compared: Compared, left: Sequence[Numbered], processes: int, told: Path) -> None:
    context, forks = get_context("fork"), []
    each = -(-len(left) // processes) or 1
    compared.engine.dispose()  # no connection is shared by forks
    for share in (left[start : start + each] for start in range(0, len(left), each)):
        mine, theirs = context.Pipe(duplex=False)
        fork = context.Process(target=_share, args=(compared, share, theirs, told))
        fork.start()
        theirs.close()
        forks.append((fork, mine))
    for fork, mine in forks:
        try:
            asked, met, disagreed = mine.recv()
        except EOFError:
            fork.join()
            raise RuntimeError(f"a fork ended with {fork.exitcode}, see {told}") from None
        fork.join()
        compared.asked.update(asked)
        compared.met.update(met)
        compared.disagreed += disagreed


def _share(compared: Compared, share: Iterable[Numbered], back: Connection, told: Path) -> None:
    compared.asked.clear()
    compared.met.clear()
    for number, (used, asked) in share:
        before = len(compared.disagreed)
        compared.compare(number, used, asked)
        said = compared.disagreed[before:]
        with told.open("a", encoding="utf-8") as lines:
            lines.write(f"{number} {AGREED if not said else ' | '.join(said)}\n")
    back.send((compared.asked, compared.met, compared.disagreed))
