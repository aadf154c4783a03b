"""Writing many records at once as the actions would leave them: rows, statements, citations, covers, veils, words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from portal.events import actions as _events  # noqa: F401  registers facts and what is searched
from portal.frameworks import actions as _frameworks  # noqa: F401
from portal.funding import actions as _funding  # noqa: F401
from portal.kernel.record import Record
from portal.kernel.settling import index
from portal.kernel.veil import drape
from portal.kernel.words import words
from portal.partners import actions as _partners  # noqa: F401
from portal.progress import actions as _progress  # noqa: F401
from portal.projects import actions as _projects  # noqa: F401
from portal.sources import facts
from portal.sources.actions.statements import precision_of
from portal.sources.models import Citation, Statement

_STATEMENTS, _CITATIONS = cast(Table, Statement.__table__), cast(Table, Citation.__table__)
APART = ("name", facts.SET)
NOTHING = {
    "precision_note_cs": "", "precision_note_en": "", "reason": "", "value_cs": "", "value_en": "", "version": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Rest:
    """What statements rest on: how certain they are (in general, and by field), and the document that says so."""

    certainty: str = "uncited"
    source: int | None = None
    sure: Mapping[str, str] = field(default_factory=dict)


UNCITED = Rest()


class Writer:
    """Collects what is written together; `settle` brings covers, veils and words of it up to date."""

    def __init__(self, s: Session) -> None:
        self.s = s
        self.fresh: list[Record] = []
        self.rows: list[dict] = []
        self.cited: dict[tuple[int, str, int], int] = {}
        self.words = lru_cache(maxsize=50_000)(words)

    def add(self, records: Sequence[Record], rests: Sequence[Rest] | None = None, stated: bool = True) -> list[int]:
        """Write records of one kind and the statements of their facts, each on what it `rests`; returns their ids."""
        self.s.add_all(records)
        self.s.flush()
        self.fresh += records
        for record, rest in zip(records, rests or [UNCITED] * len(records), strict=True) if stated else ():
            for f in facts.facts_of_kind(record.kind).values():
                held = None if f.type in APART else facts.read(record, f)
                if held not in (None, facts.NOTHING):
                    self.state(record, f, held, rest)
        return [record.id for record in records]

    def state(
        self, record: Record, f: facts.Fact, held: object, rest: Rest, position: int = 1, leading: bool = True,
        precision: str | None = None, reason: str = "",
    ) -> None:  # fmt: skip
        """Put down a statement. What mirrors a leading one is the caller's to set."""
        certainty = rest.sure.get(f.field, rest.certainty)
        value, cs, en = facts.encode(f, held)
        if precision is None:
            mark = next((column for attribute, column in f.mirrors if attribute == "precision"), None)
            precision = (mark and leading and getattr(record, mark)) or precision_of(held)
        self.rows.append(
            NOTHING | {
                "record_id": record.id, "field": f.field, "value": value, "value_cs": cs, "value_en": en, "leading": leading,
                "position": position, "precision": precision, "certainty": certainty, "reason": reason,
            }
        )  # fmt: skip
        if rest.source is not None and certainty != "uncited":
            self.cited[record.id, f.field, position] = rest.source

    def write_statements(self) -> None:
        if not self.rows:
            return
        self.s.execute(insert(_STATEMENTS), self.rows)
        if self.cited:
            about = sorted({record_id for record_id, _field, _position in self.cited})
            found = select(Statement.id, Statement.record_id, Statement.field, Statement.position)
            made = []
            for start in range(0, len(about), 500):
                asked = found.where(Statement.record_id.in_(about[start : start + 500])).order_by(Statement.id)
                for statement_id, *(record_id, named, position) in self.s.execute(asked):
                    source = self.cited.get((record_id, named, position))
                    if source is not None:
                        made.append(
                            {"statement_id": statement_id, "document_id": source, "place": "s. 1", "quotation": "",
                             "verbatim": False, "version": 1}
                        )  # fmt: skip
            self.s.execute(insert(_CITATIONS), made)
        self.rows, self.cited = [], {}

    def settle(self, keep: bool = False) -> None:
        """Write what waits, then covers, veils and words of all that is fresh. Unless `keep`, the session lets go of it."""
        self.write_statements()
        drape(self.s, self.fresh)
        index(self.s, self.fresh, self.words)
        if not keep:
            for record in self.fresh:
                self.s.expunge(record)
        self.fresh = []
