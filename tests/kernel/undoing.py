"""What the tests of undo on the toy portfolio share: writing, planning, undoing, looking."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.kernel.history import divergences, undo
from portal.kernel.transaction import change, unit
from tests.kernel import toy
from tests.kernel.toy import Note, Plan, Tag, Thing, contents

LOOSE = '{"b" : 1.0,   "a":[]}'


def written(engine: Engine, *steps) -> None:
    """Each step `f(s)`, or a piece of SQL, in a change and a transaction of its own: changes 1, 2, …"""
    for step in steps:
        with unit(engine) as s, change(s, 1, "form", actor_name="Jana"):
            s.execute(sa.text(step)) if isinstance(step, str) else step(s)


def planned(engine: Engine, change_id: int) -> undo.Plan:
    with Session(engine) as s:
        return undo.plan(s, change_id, toy.metadata)


def undone(engine: Engine, change_id: int) -> int:
    """Undo it; the id of the change that does."""
    with unit(engine) as s, change(s, 1, "form", actor_name="Petr", undoes=change_id) as opened:
        plan = undo.plan(s, change_id, toy.metadata)
        assert plan.conflicts == ()
        undo.apply(s, plan)
    with engine.connect() as connection:
        assert divergences(connection, toy.metadata) == []
    return opened.id


def conflicts(engine: Engine, change_id: int) -> list[tuple]:
    """(kind, table, key, unit, table in the way)"""
    return [(c.kind, c.table, c.key, c.unit, c.other and c.other[0]) for c in planned(engine, change_id).conflicts]


def now(engine: Engine) -> dict:
    with Session(engine) as s:
        return contents(s)


def column(engine: Engine, sql: str) -> list:
    with Session(engine) as s:
        return list(s.scalars(sa.text(sql)))


def without_versions(found: dict) -> dict:
    place = [c.name for c in Thing.__table__.columns].index("version")
    return found | {"thing": [row[:place] + row[place + 1 :] for row in found["thing"]]}


def delete_parts(s: Session) -> None:
    s.execute(sa.text("UPDATE part SET above_id = NULL"))
    s.execute(sa.text("DELETE FROM part"))


def rename(name: str, of: int = 1):
    def step(s: Session) -> None:
        s.get_one(Thing, of).name = name

    return step


def family(s: Session) -> None:
    s.add(Plan(name="a", goal="more", code="k", notes=[Note(body="x", raw=b"\x00\xff", weight=0.1), Note(body="y")]))
    s.flush()
    s.add(Tag(thing_id=1, label="red", order=3))
    s.execute(sa.text("UPDATE thing SET payload = :j, amount_minor = 9007199254740993, currency = 'EUR'"), {"j": LOOSE})
