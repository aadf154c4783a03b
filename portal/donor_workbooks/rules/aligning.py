"""Which rows (or columns) of one sheet are those of another: by what stands in them, never by their numbers alone.

What is the same and stands once in both is paired first, wherever it stands. Between two pairs the same is done again, and rows
of a stretch that is as long in both and the same throughout are paired one by one. What is left is paired where it is alike
enough, and the only one that is; such a pair is not sure. Where several could be meant none is chosen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

ALIKE, ALIKE_ANYWHERE, BY_FAR = 0.6, 0.85, 0.05
"""How alike two that are not the same must be: between the same neighbours, elsewhere; and how much more than the next one."""


@dataclass
class Aligned:
    """Index in the old sequence → index in the new one. `alike`: old ones paired because they are alike, not the same;
    `unclear`: old ones that several new ones could be; `moved`: old ones that stand in another order than the rest."""

    pairs: dict[int, int] = field(default_factory=dict)
    alike: set[int] = field(default_factory=set)
    unclear: dict[int, list[int]] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)


def align(
    old: Sequence[Hashable], new: Sequence[Hashable], weak: Callable[[Hashable], bool],
    likeness: Callable[[Hashable, Hashable], float],
) -> Aligned:  # fmt: skip
    """Pair two sequences of signatures. One that is `weak` (it says nothing) is paired only within a stretch that is the same;
    `likeness` of two that differ is 0 to 1."""
    found = Aligned()
    strong_old, strong_new = ([n for n, one in enumerate(side) if not weak(one)] for side in (old, new))
    _pair_single(found.pairs, old, new, strong_old, strong_new)
    while True:
        before = len(found.pairs)
        for a, b, c, d in list(_gaps(found.pairs, len(old), len(new))):
            _pair_single(
                found.pairs, old, new, [n for n in range(a, b) if not weak(old[n])], [n for n in range(c, d) if not weak(new[n])]
            )  # fmt: skip
        if len(found.pairs) == before:
            break
    _pair_stretches(found.pairs, old, new)
    left = [n for n in strong_new if n not in found.pairs.values()]
    for n in strong_old:
        same = [m for m in left if new[m] == old[n]]
        if n not in found.pairs and same:
            found.unclear[n] = same
    _pair_alike(found, old, new, strong_old, strong_new, likeness)
    _pair_stretches(found.pairs, old, new)
    found.moved = set(found.pairs) - _in_order(found.pairs)
    return found


def _pair_single(pairs, old, new, among_old: Sequence[int], among_new: Sequence[int]) -> None:
    """Pair what stands once in both, of those that have no pair yet."""
    taken = set(pairs.values())
    mine = _places(old, [n for n in among_old if n not in pairs])
    theirs = _places(new, [n for n in among_new if n not in taken])
    for one, at in mine.items():
        if len(at) == 1 and len(theirs.get(one, ())) == 1:
            pairs[at[0]] = theirs[one][0]


def _places(sequence: Sequence[Hashable], among: Sequence[int]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for n in among:
        found.setdefault(sequence[n], []).append(n)
    return found


def _gaps(pairs: dict[int, int], old: int, new: int) -> Iterator[tuple[int, int, int, int]]:
    """(old from, old to, new from, new to) of the stretches between neighbouring pairs that keep their order."""
    kept = [(-1, -1), *sorted((n, pairs[n]) for n in _in_order(pairs)), (old, new)]
    for (a, c), (b, d) in pairwise(kept):
        if b - a > 1 and d - c > 1:
            yield a + 1, b, c + 1, d


def _pair_stretches(pairs: dict[int, int], old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
    """Pair one by one what stands between two pairs, where it is as long in both and the same."""
    for a, b, c, d in list(_gaps(pairs, len(old), len(new))):
        taken = set(pairs.values())
        mine, theirs = [n for n in range(a, b) if n not in pairs], [n for n in range(c, d) if n not in taken]
        if (
            b - a == d - c
            and len(mine) == len(theirs)
            and all(old[n] == new[m] for n, m in zip(mine, theirs, strict=True))
        ):
            pairs.update(zip(mine, theirs, strict=True))


def _pair_alike(found: Aligned, old, new, strong_old, strong_new, likeness) -> None:
    def best(among_old: Sequence[int], among_new: Sequence[int], least: float) -> None:
        taken = set(found.pairs.values())
        mine = [n for n in among_old if n not in found.pairs and n not in found.unclear]
        theirs = [n for n in among_new if n not in taken and not any(n in at for at in found.unclear.values())]
        scores = {(n, m): likeness(old[n], new[m]) for n in mine for m in theirs}
        for n, m in sorted(scores, key=lambda pair: -scores[pair]):
            rest = [
                s for (a, b), s in scores.items() if (a == n) != (b == m) and a not in found.pairs and b not in taken
            ]
            if n in found.pairs or m in taken or scores[n, m] < least or max(rest, default=0) > scores[n, m] - BY_FAR:
                continue
            found.pairs[n] = m
            found.alike.add(n)
            taken.add(m)

    for a, b, c, d in list(_gaps(found.pairs, len(old), len(new))):
        best([n for n in strong_old if a <= n < b], [n for n in strong_new if c <= n < d], ALIKE)
    best(strong_old, strong_new, ALIKE_ANYWHERE)


def _in_order(pairs: dict[int, int]) -> set[int]:
    """The old ones of the longest run of pairs that keeps its order (patience sorting)."""
    tails: list[int] = []
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for n in sorted(pairs):
        at = bisect_left(tails, pairs[n])
        before[n] = tops[at - 1] if at else None
        if at == len(tails):
            tails.append(pairs[n])
            tops.append(n)
        else:
            tails[at], tops[at] = pairs[n], n
    found: set[int] = set()
    one = tops[-1] if tops else None
    while one is not None:
        found.add(one)
        one = before[one]
    return found
