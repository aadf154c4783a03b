"""Search results: ranked by whole numbers only, so that both engines give the same order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.kernel.search import hits, matching_names
from portal.kernel.text import fold

KINDS = (
    "country", "framework", "phase", "project", "milestone", "activity", "indicator", "risk", "event",
    "follow_up", "organisation", "role_holder", "contact", "legal_instrument", "instrument", "contract",
    "flow", "obligation", "due_report", "document", "question", "theme",
)  # fmt: skip
"""What search finds, in the order in which equals stand."""
MOST = 50


@dataclass
class Results:
    """The records found, the best first; how many of each kind there are; `more` where the page does not show all."""

    records: list[Record] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.numbers.values())


def found(s: Session, actor: Actor, text: str, lang: str, *, past: bool = False, kind: str | None = None) -> Results:
    """Records that meet every word of `text`, of one kind or of all. In the past only names are searched."""
    order = Record.order_cs if lang == "cs" else Record.order_en
    rank_of_kind = case({k: n for n, k in enumerate(KINDS)}, value=Record.kind, else_=len(KINDS))
    if past:
        return _past(s, actor, text, lang, kind)
    ranked = hits(actor, text)
    if ranked is None:
        return Results()
    ranked = ranked.subquery("ranked")
    wanted = (
        select(Record).join(ranked, ranked.c.record_id == Record.id).where(visible_to(actor), Record.kind.in_(KINDS))
    )
    counted = wanted.with_only_columns(Record.kind, func.count()).group_by(Record.kind)
    if kind:
        wanted = wanted.where(Record.kind == kind)
    wanted = wanted.add_columns(ranked.c.score).order_by(ranked.c.score.desc(), rank_of_kind, order, Record.id)
    rows = sorted(s.execute(wanted.limit(MOST)), key=lambda row: (-row.score, _apart(row[0], text)))
    return Results([row[0] for row in rows], dict(s.execute(counted).all()))


def _apart(record: Record, text: str) -> bool:
    """Whether the several words of the text do not stand in the name one after the other; of equals, those where they do come
    first. One word meets a name in any case form."""
    if len(text.split()) < 2:
        return False
    together = rf"(?<!\w){re.escape(' '.join(fold(text).split()))}(?!\w)"
    return not any(re.search(together, fold(name or "")) for name in (record.name_cs, record.name_en))


def _past(s: Session, actor: Actor, text: str, lang: str, kind: str | None) -> Results:
    scores = matching_names(s, actor, text)
    numbers: dict[str, int] = {}
    records = []
    ids = sorted(scores)
    for start in range(0, len(ids), 500):
        for record in s.scalars(select(Record).where(Record.id.in_(ids[start : start + 500]), Record.kind.in_(KINDS))):
            numbers[record.kind] = numbers.get(record.kind, 0) + 1
            if kind in (None, record.kind):
                records.append(record)
    key = {"cs": lambda r: r.order_cs, "en": lambda r: r.order_en}[lang]
    records.sort(key=lambda r: (-scores[r.id], _apart(r, text), KINDS.index(r.kind), bytes(key(r)), r.id))
    return Results(records[:MOST], numbers)
