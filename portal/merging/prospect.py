"""What a merge would move and what would stay, worked out beforehand from what the tables hold now. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session

from portal.desk.rules import OF_THE_DESK
from portal.funding.models import CoBeneficiary, Flow
from portal.kernel.db import Base
from portal.kernel.record import CERTAINTIES, Record
from portal.merging.references import JOINING, Place, moved
from portal.merging.rules import joins_itself, set_with
from portal.partners.actions import BOTH_WAYS
from portal.sources.facts import fields_of_sets, referring_fields
from portal.sources.models import Citation, Statement

ITSELF, THERE, LEFT = "itself", "there", "left"
"""Why a row stays: it would join the record with itself; the kept record has the same already; it was chosen so."""


@dataclass
class Moving:
    """`places`: the keys of the rows that are moved, by place. `stays`: (table, key) of rows that stay, with the reason.
    `statements`: what is stated of the absorbed record and moves; `same`: what says the same as a statement of the kept
    record, with that one; `naming`: statements of other records that name the absorbed one; `in_sets`: (statement, new value)
    of those that name it among others, in a set; `members`: the contracts in whose sets it stands. `mark` changes with any of
    it."""

    places: dict[Place, tuple[int, ...]] = field(default_factory=dict)
    stays: dict[tuple[str, int], str] = field(default_factory=dict)
    statements: tuple[int, ...] = ()
    same: dict[int, int] = field(default_factory=dict)
    naming: tuple[int, ...] = ()
    in_sets: tuple[tuple[int, str], ...] = ()
    members: tuple[int, ...] = ()
    mark: str = ""

    def rows(self) -> Iterator[tuple[str, int]]:
        """(table, key) of every row that is moved, what is stated aside."""
        for place, keys in self.places.items():
            yield from ((place.table.name, key) for key in keys)


def foresee(s: Session, kept: Record, absorbed: Record, left: Collection[int] = ()) -> Moving:
    """What merging `absorbed` into `kept` would do. `left`: flows booked at the absorbed record that are to stay there."""
    s.flush()
    made = Moving()
    made.stays = {("flow", i): LEFT for i in _booked(s, absorbed, left)} | _staying(s, kept, absorbed)
    for place in moved(Base.metadata, kept.kind):
        [key] = place.table.primary_key.columns
        keys = s.scalars(select(key).where(place.column == absorbed.id).order_by(key)).all()
        made.places[place] = tuple(one for one in keys if (place.table.name, one) not in made.stays)
    _stated(s, kept, absorbed, made)
    made.mark = _mark(s, kept, absorbed, made)
    return made


def _booked(s: Session, absorbed: Record, left: Collection[int]) -> list[int]:
    return list(s.scalars(select(Flow.id).where(Flow.id.in_(left), Flow.booked_id == absorbed.id)))


def _staying(s: Session, kept: Record, absorbed: Record) -> dict[tuple[str, int], str]:
    found = {}
    for name, (pair, told_apart) in JOINING.items():
        table = Base.metadata.tables[name]
        first, second = (table.c[column] for column in pair)
        both = (kept.id, absorbed.id)
        sure = Record.__table__.c.certainty.label("sure")
        asked = select(table, sure).join(Record.__table__, Record.__table__.c.id == table.c.id)
        rows = s.execute(asked.where(or_(first.in_(both), second.in_(both))).order_by(table.c.id)).mappings().all()
        there: dict[tuple, int] = {}
        for row in sorted(rows, key=lambda row: absorbed.id in (row[pair[0]], row[pair[1]])):
            ends = tuple(kept.id if row[column] == absorbed.id else row[column] for column in pair)
            if joins_itself(row, pair, kept.id, absorbed.id):
                found[name, row["id"]] = ITSELF
                continue
            if told_apart is None:
                continue
            said = tuple(row[column] for column in told_apart)
            alike = (tuple(sorted(ends)) if set(said) & BOTH_WAYS else ends, said)
            doubt = CERTAINTIES.index(row["sure"])
            if there.get(alike, len(CERTAINTIES)) <= doubt and absorbed.id in (row[pair[0]], row[pair[1]]):
                found[name, row["id"]] = THERE
            there[alike] = min(doubt, there.get(alike, doubt))
    return found


def _stated(s: Session, kept: Record, absorbed: Record, made: Moving) -> None:
    """What is stated: of the absorbed record, and of others by naming it."""
    said: dict[int, list[tuple]] = {kept.id: [], absorbed.id: []}
    cited: dict[int, set[tuple]] = {}
    statements = s.scalars(
        select(Statement).where(Statement.record_id.in_(said)).order_by(Statement.position, Statement.id)
    ).all()
    rows = select(Citation).where(Citation.statement_id.in_([one.id for one in statements]))
    for citation in s.scalars(rows):
        cited.setdefault(citation.statement_id, set()).add((citation.document_id, citation.place, citation.quotation))
    for one in statements:
        words = (one.field, one.value, one.value_cs, one.value_en, one.certainty)
        said[one.record_id].append((one.id, (*words, frozenset(cited.get(one.id, ())))))
    mine = {words: i for i, words in reversed(said[kept.id])}
    made.same = {i: mine[words] for i, words in said[absorbed.id] if words in mine}
    itself = {one.id for one in statements if one.value == f"#{kept.id}" and one.field in referring_fields()}
    made.statements = tuple(i for i, _words in said[absorbed.id] if i not in made.same and i not in itself)
    staying = [key for table, key in made.stays if table in JOINING]
    naming = select(Statement.id).where(
        Statement.value == f"#{absorbed.id}", Statement.field.in_(referring_fields()),
        Statement.record_id.not_in([kept.id, absorbed.id, *staying]),
    )  # fmt: skip
    made.naming = tuple(s.scalars(naming.order_by(Statement.id)))
    in_sets = select(Statement.id, Statement.value).where(
        Statement.field.in_(fields_of_sets()), (literal(" ") + Statement.value + " ").like(f"% #{absorbed.id} %")
    )
    rows = s.execute(in_sets.order_by(Statement.id)).all()
    made.in_sets = tuple((i, set_with(value, absorbed.id, kept.id)) for i, value in rows)
    if absorbed.kind == "organisation":
        held = select(CoBeneficiary.contract_id).where(CoBeneficiary.organisation_id == absorbed.id)
        made.members = tuple(s.scalars(held.order_by(CoBeneficiary.contract_id)))


def _mark(s: Session, kept: Record, absorbed: Record, made: Moving) -> str:
    """A digest of all that would be written and of the versions it would be written upon."""
    ids = {kept.id, absorbed.id, *made.members, *(key for table, key in made.rows() if table not in OF_THE_DESK)}
    records = s.execute(select(Record.id, Record.version).where(Record.id.in_(ids)).order_by(Record.id)).all()
    stated = s.execute(
        select(Statement.id, Statement.version)
        .where(
            Statement.id.in_([*made.statements, *made.same.values(), *made.naming, *(i for i, _value in made.in_sets)])
            | (Statement.record_id == kept.id)
        )
        .order_by(Statement.id)
    ).all()
    told = (
        kept.id, absorbed.id, [tuple(row) for row in records], [tuple(row) for row in stated],
        sorted((*place.name, keys) for place, keys in made.places.items()), sorted(made.stays.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()
