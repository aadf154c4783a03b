"""Pure rules of comparing and merging: what differs, what is taken over unasked, what may not be moved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

KINDS = ("project", "organisation")
"""Kinds of records that are merged."""
EQUAL, DIFFERS, ONLY_KEPT, ONLY_ABSORBED, NEITHER = "equal", "differs", "only_kept", "only_absorbed", "neither"
KEPT, ABSORBED, BOTH = "kept", "absorbed", "both"
"""Whose value the kept record shall have; of a set also the members of both."""


def state_of(kept: object, absorbed: object) -> str:
    """How the values of one unit stand to each other. None, an empty text and an empty set state nothing; False is a value
    only beside True."""
    one, other = _stated(kept), _stated(absorbed)
    if one is None and other is None:
        return NEITHER
    if one == other:
        return EQUAL
    if other is None:
        return ONLY_KEPT
    return ONLY_ABSORBED if one is None else DIFFERS


def _stated(value: object) -> object:
    if value is None or value is False or value == "":
        return None
    if isinstance(value, Collection) and not isinstance(value, str) and not value:
        return None
    return value


def unasked(state: str) -> str:
    """Whose value the kept record has where nobody chose: its own, or the other's where it states nothing."""
    return ABSORBED if state == ONLY_ABSORBED else KEPT


@dataclass(frozen=True)
class Line:
    """A flow as far as it tells whether two are the same money. `amount` None: unknown."""

    id: int
    type_code: str | None
    amount: tuple[int, str] | None
    provider: int | None


def alike(mine: Collection[Line], theirs: Collection[Line]) -> dict[int, int]:
    """Flows of the absorbed record that seem to be the same money as one of the kept record, with that one: the same amount
    and type, and no two different providers. Each flow of the kept record answers for one; an unknown amount for none."""
    free = [line for line in mine if line.amount is not None]
    found = {}
    for line in theirs:
        same = next((one for one in free if _alike(one, line)), None)
        if same is not None:
            free.remove(same)
            found[line.id] = same.id
    return found


def _alike(one: Line, other: Line) -> bool:
    providers = {one.provider, other.provider} - {None}
    return (one.type_code, one.amount) == (other.type_code, other.amount) and len(providers) < 2


def joins_itself(row: Mapping[str, object], pair: tuple[str, str], kept: int, absorbed: int) -> bool:
    """Whether a row that joins two different records would join one with itself once the two are one."""
    ends = [row[column] for column in pair]
    return set(ends) == {kept, absorbed}


def set_with(value: str, absorbed: int, kept: int) -> str:
    """A set as it is stated (`#12 #15`) with the kept record instead of the absorbed one, once."""
    members = {int(one.removeprefix("#")) for one in value.split()}
    return " ".join(f"#{i}" for i in sorted({kept if i == absorbed else i for i in members}))
