"""What follows from a written record: covers and veils, and its words for search. One call at the end of each action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from portal.kernel.record import Record
from portal.kernel.search import SearchWord
from portal.kernel.veil import drape
from portal.kernel.words import NAME, Word, words

TextOf = Callable[[Session, list[Record]], Iterable[tuple[int, int, str, str, int]]]
OthersOf = Callable[[Session, list[Record]], Iterable[int]]
WordsOf = Callable[[str, str], Iterable[Word]]
_TEXTS: dict[str, list[TextOf]] = {}
_LENDS: dict[str, OthersOf] = {}
_WORDS = cast(Table, SearchWord.__table__)
_WAITING = "portal.waiting_to_settle"
_TOGETHER = 500


def searchable(kind: str, texts: TextOf) -> None:
    """Register what of a kind is searched: yields (record id, via id, text, language, weight) for the records given.

    `via id` is the record the text is the name of, or the record itself for its own texts. Features may register more of one
    kind: what each yields is searched.
    """
    _TEXTS.setdefault(kind, []).append(texts)


def lends(kind: str, others: OthersOf) -> None:
    """Register whose words hold something of the records of a kind: their ids. Those that hold it already are known without."""
    _LENDS[kind] = others


def _texts(s: Session, kind: str, records: list[Record]) -> Iterator[tuple[int, int, str, str, int]]:
    for texts in _TEXTS[kind]:
        yield from texts(s, records)


def settle(s: Session, records: Iterable[Record], renamed: bool = True) -> None:
    """Flush, then bring covers, veils and search words of `records` up to date, and the words others took from them."""
    records = list({r.id or id(r): r for r in records}.values())
    if _WAITING in s.info:
        s.flush()
        s.info[_WAITING].update((r.id, r) for r in records)
        return
    drape(s, records)
    ids = [r.id for r in records]
    if renamed:
        taken = select(SearchWord.record_id).where(SearchWord.via_id.in_(ids)).distinct()
        others = {*s.scalars(taken)}
        for kind, of in _LENDS.items():
            others |= set(of(s, [r for r in records if r.kind == kind]))
        records += [s.get_one(Record, i) for i in sorted(others - set(ids))]
    index(s, records)


@contextmanager
def settled_together(s: Session) -> Iterator[None]:
    """Within the block `settle` only remembers; at its end all is settled at once. For loading much in one go, by an
    actor who sees everything: until then rights and search do not know what was written.
    """
    if _WAITING in s.info:
        yield
        return
    s.info[_WAITING] = {}
    try:
        yield
        waiting = list(s.info[_WAITING].values())
    finally:
        del s.info[_WAITING]
    for start in range(0, len(waiting), _TOGETHER):
        settle(s, waiting[start : start + _TOGETHER])


def index(s: Session, records: Iterable[Record], spelt: WordsOf = words) -> None:
    """Write the word rows of `records` anew. `spelt` finds the words of a text: who loads much remembers those found."""
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    for kind, group in by_kind.items():
        if kind not in _TEXTS:
            continue
        s.execute(delete(SearchWord).where(SearchWord.record_id.in_([r.id for r in group])))
        rows: dict[tuple, int] = {}
        for record_id, via_id, text, lang, weight in (
            *_texts(s, kind, group),
            *_references(group),
            *_absorbed(s, kind, group),
        ):
            for word in spelt(text, lang):
                place = (record_id, via_id, word.form, word.text[:64])
                rows[place] = max(weight, rows.get(place, 0))
        if rows:
            s.execute(
                insert(_WORDS),
                [
                    {"record_id": r, "via_id": v, "form": f, "word": w, "weight": weight}
                    for (r, v, f, w), weight in rows.items()
                ],
            )


def _references(records: Iterable[Record]) -> Iterator[tuple[int, int, str, str, int]]:
    """Reference numbers and file marks of the record office: whatever the kind, a record is found by them."""
    for record in records:
        for number in (record.reference, record.file_mark):
            if number:
                yield record.id, record.id, number, "cs", NAME


def _absorbed(s: Session, kind: str, records: Iterable[Record]) -> Iterator[tuple[int, int, str, str, int]]:
    """The own texts of what was merged into a record, however deep: it is found by them, as through a linked record, by those
    who may see what they are of."""
    stands_for = {record.id: record.id for record in records}
    front = set(stands_for)
    while front:
        met = s.scalars(select(Record).where(Record.merged_into_id.in_(front))).unique().all()
        stands_for |= {one.id: stands_for[one.merged_into_id] for one in met if one.merged_into_id is not None}
        for record_id, via_id, text, lang, weight in (*_texts(s, kind, list(met)), *_references(met)):
            if via_id == record_id:
                yield stands_for[record_id], record_id, text, lang, weight
        front = {one.id for one in met}
