"""Writing a merge: every reference, the statements, the followers. Set by set, whoever may see the rows."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Table, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from portal.desk.models import Follow, MovedFollow
from portal.desk.rules import OF_THE_DESK
from portal.donor_workbooks.models import DonorWorkbook
from portal.funding.models import CoBeneficiary
from portal.kernel.portions import portions
from portal.kernel.record import Record
from portal.merging.prospect import Moving
from portal.sources.models import Statement

OWN_VERSIONS = (*OF_THE_DESK, DonorWorkbook.__tablename__)
"""Tables that count their own versions; the rows of the others are records."""


def move(s: Session, kept: Record, absorbed: Record, moving: Moving) -> set[int]:
    """Let everything that is to be moved refer to the kept record. Returns the ids of the records moved. What the Session
    had loaded is expired."""
    touched: set[int] = set()
    for place, keys in moving.places.items():
        own = place.table.name in OWN_VERSIONS
        values = {place.column.name: kept.id} | ({"version": place.table.c.version + 1} if own else {})
        _update(s, place.table, keys, values)
        touched |= set() if own else set(keys)
    touched |= _move_members(s, kept.id, absorbed.id, moving)
    records = Record.__table__
    _update(s, records, sorted(touched), {"version": records.c.version + 1})
    _move_statements(s, kept, moving)
    _move_followers(s, kept.id, absorbed.id)
    s.expire_all()
    return touched


def _move_statements(s: Session, kept: Record, moving: Moving) -> None:
    table = Statement.__table__
    last = dict(
        s.execute(
            select(table.c.field, func.max(table.c.position))
            .where(table.c.record_id == kept.id)
            .group_by(table.c.field)
        ).all()
    )
    moved = s.execute(select(table.c.id, table.c.field).where(table.c.id.in_(moving.statements))).all()
    by_field: dict[str, list[int]] = {}
    for one in moved:
        by_field.setdefault(one.field, []).append(one.id)
    for field, ids in by_field.items():
        values = {"record_id": kept.id, "leading": False, "position": table.c.position + (last.get(field) or 0)}
        _update(s, table, ids, {**values, "version": table.c.version + 1})
    for i, value in moving.in_sets:
        _update(s, table, [i], {"value": value, "version": table.c.version + 1})
    _update(s, table, moving.naming, {"value": f"#{kept.id}", "version": table.c.version + 1})


def _move_members(s: Session, kept: int, absorbed: int, moving: Moving) -> set[int]:
    """Let the kept organisation stand in the sets of contracts instead of the absorbed one, once in each. Ids of the
    contracts."""
    of, held = CoBeneficiary.contract_id, CoBeneficiary.organisation_id
    there = set(s.scalars(select(of).where(held == kept, of.in_(moving.members))))
    s.execute(delete(CoBeneficiary).where(held == absorbed, of.in_(moving.members)))
    rows = [{"contract_id": i, "organisation_id": kept} for i in moving.members if i not in there]
    if rows:
        s.execute(insert(CoBeneficiary), rows)
    return set(moving.members)


def _move_followers(s: Session, kept: int, absorbed: int) -> None:
    """Whoever follows the absorbed record alone follows the kept one; it is written down, history keeps no followers."""
    follow = Follow.__table__
    both = select(follow.c.person_id).where(follow.c.record_id == kept)
    alone = (follow.c.record_id == absorbed, follow.c.person_id.not_in(both))
    people = select(follow.c.person_id, literal(absorbed), literal(kept)).where(*alone)
    s.execute(insert(MovedFollow).from_select(["person_id", "from_id", "to_id"], people))
    s.execute(update(follow).where(follow.c.record_id == absorbed, _written_down(absorbed)).values(record_id=kept))


def return_followers(s: Session, kept: int, absorbed: int) -> None:
    """Whoever was moved and still follows follows the separated record again; who does so already follows both."""
    follow = Follow.__table__
    there = select(follow.c.person_id).where(follow.c.record_id == absorbed)
    alone = (follow.c.record_id == kept, follow.c.person_id.not_in(there))
    s.execute(update(follow).where(*alone, _written_down(absorbed)).values(record_id=absorbed))
    s.execute(delete(MovedFollow).where(MovedFollow.from_id == absorbed))


def _written_down(absorbed: int):
    return Follow.__table__.c.person_id.in_(select(MovedFollow.person_id).where(MovedFollow.from_id == absorbed))


def _update(s: Session, table: Table, keys: Collection[int], values: dict) -> None:
    for some in portions(keys):
        s.execute(update(table).where(table.c.id.in_(some)).values(values))
