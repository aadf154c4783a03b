"""Texts that name a hidden record: a kind whose words are about other records (an open question) is hidden with each hidden
record that its words name, as if it lay under it. Which kinds, features say at start; other free texts are for people to mind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.kernel.portions import portions
from portal.kernel.record import Record, RecordVeil
from portal.kernel.text import fold

_TEXTS: dict[str, Callable[[Record], Iterable[str]]] = {}
NAMED = ("project", "framework", "phase", "organisation", "event", "instrument", "contract", "legal_instrument")
"""Kinds of records that have names of their own."""
SHORTEST = 3
"""Letters; a shorter name is a common word."""


def hidden_with_what_it_names(kind: str, texts: Callable[[Record], Iterable[str]]) -> None:
    """Register the texts of a kind of record that may name others."""
    _TEXTS[kind] = texts


def tellers(s: Session) -> set[int]:
    """The ids of all records of the kinds registered."""
    return set(s.scalars(select(Record.id).where(Record.kind.in_(_TEXTS)))) if _TEXTS else set()


def named_by(s: Session, ids: Iterable[int]) -> dict[int, set[int]]:
    """{id: the hidden records its texts name}, of those among `ids` whose texts name any."""
    told: dict[int, str] = {}
    for chunk in portions(ids) if _TEXTS else ():
        asked = select(Record).where(Record.id.in_(chunk), Record.kind.in_(_TEXTS))
        told |= {r.id: " ".join(_TEXTS[r.kind](r)) for r in s.scalars(asked)}
    if not told:
        return {}
    hidden = select(Record).where(Record.kind.in_(NAMED), exists().where(RecordVeil.record_id == Record.id))
    patterns = [(r.id, pattern) for r in s.scalars(hidden) if (pattern := spoken(r))]
    found = {i: {of for of, pattern in patterns if pattern(text)} for i, text in told.items()}
    return {i: of for i, of in found.items() if of}


def spoken(record: Record) -> Callable[[str], bool] | None:
    """Says whether a text names the record: by either name in any case and without diacritics, or by its acronym as written."""
    names = [re.escape(fold(n)) for n in (record.name_cs, record.name_en) if n and len(n) >= SHORTEST]
    acronym = getattr(record, "acronym", None) or ""
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None
    short = re.compile(rf"(?<!\w){re.escape(acronym)}(?!\w)") if len(acronym) >= SHORTEST else None
    if whole is None and short is None:
        return None
    return lambda text: bool((whole and whole.search(fold(text))) or (short and short.search(text)))
