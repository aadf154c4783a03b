"""Whatever a change did, its undo gives back exactly what was there before; whatever came since, an undo that foresees no
conflict meets none.

Sample: 30 random histories of up to 6 changes on each engine; with PORTAL_PROVE=1 ten times as many, up to 15 long.
"""

from __future__ import annotations

import sqlalchemy as sa
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.kernel.history import divergences, undo
from portal.kernel.transaction import change, unit
from tests import machine
from tests.kernel.test_asof_property import VERBS, Writing, codes, pick, picks, texts
from tests.kernel.toy import Note, Part, Thing, ToyBase, contents, metadata

EXAMPLES, LENGTH = (300, 15) if machine.prove() else (30, 6)

MORE = {
    "recode": st.tuples(picks, st.none() | codes),
    "hand_over": st.tuples(picks, picks),
    "grow": st.tuples(picks, texts),
    "place": st.tuples(picks, st.none() | picks),
    "lead": st.tuples(picks),
    "fell": st.tuples(picks),
}
steps = st.one_of([st.tuples(st.just(verb), arguments) for verb, arguments in (VERBS | MORE).items()])
histories = st.lists(st.lists(steps, min_size=1, max_size=5), min_size=1, max_size=LENGTH)


class Moving(Writing):
    """Besides what is written there: unique values and children that change hands, a tree that is rearranged."""

    def recode(self, n, code):
        if thing := pick(self.s, Thing, n):
            self.s.execute(sa.text("UPDATE thing SET code = NULL WHERE code = :c"), {"c": code})
            self.s.execute(sa.text("UPDATE thing SET code = :c WHERE id = :i"), {"c": code, "i": thing.id})
            self.s.expire_all()

    def hand_over(self, n, m):
        note, thing = pick(self.s, Note, n), pick(self.s, Thing, m)
        if note and thing:
            note.thing_id = thing.id
            self.s.flush()
            self.s.expire_all()

    def grow(self, n, name):
        above = pick(self.s, Part, n)
        self.s.add(Part(above_id=above and above.id, name_cs=name))
        self.s.flush()

    def place(self, n, m):
        part, above = pick(self.s, Part, n), None if m is None else pick(self.s, Part, m)
        if part and not (part.first and above):
            part.above_id = above and above.id
            self.s.flush()

    def lead(self, n):
        if part := pick(self.s, Part, n):
            self.s.execute(sa.text('UPDATE part SET "first" = false WHERE above_id = :a'), {"a": part.above_id})
            self.s.execute(sa.text('UPDATE part SET "first" = true WHERE id = :i'), {"i": part.id})
            self.s.expire_all()

    def fell(self, n):
        if part := pick(self.s, Part, n):
            self.s.execute(
                sa.text('UPDATE part SET above_id = NULL, "first" = false WHERE above_id = :i'), {"i": part.id}
            )
            self.s.execute(sa.text("DELETE FROM part WHERE id = :i"), {"i": part.id})
            self.s.expire_all()


def write(engine: Engine, done: list) -> int:
    with unit(engine) as s, change(s) as c:
        writing = Moving(s)
        for verb, arguments in done:
            getattr(writing, verb)(*arguments)
    return c.id


def undone(engine: Engine, change_id: int) -> int | None:
    """Undo it; the id of the new change, None where a conflict was foreseen."""
    with unit(engine) as s, change(s, undoes=change_id) as c:
        plan = undo.plan(s, change_id, metadata)
        if plan.conflicts:
            return None
        undo.apply(s, plan)
    return c.id


def now(engine: Engine) -> dict:
    """Everything but the versions, which only count on."""
    place = [column.name for column in Thing.__table__.columns].index("version")
    with Session(engine) as s:
        found = contents(s)
    return found | {"thing": [row[:place] + row[place + 1 :] for row in found["thing"]]}


def sound(engine: Engine) -> None:
    with engine.connect() as connection:
        assert divergences(connection, ToyBase.metadata) == []
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories)
def test_the_undo_of_the_last_change_gives_back_what_was_there_before(toy_copies, databases, history):
    engine = toy_copies(wait=5)
    try:
        before = {}
        for done in history:
            before = now(engine)
            last = write(engine, done)
        after = now(engine)
        undo_id = undone(engine, last)
        assert undo_id is not None, "nothing came since: there is no conflict"
        assert now(engine) == before
        again = undone(engine, undo_id)
        assert again is not None
        assert now(engine) == after
        sound(engine)
    finally:
        engine.dispose()
        databases.drop(engine.url)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories, which=st.integers(0, LENGTH - 1))
def test_the_undo_of_any_change_is_foreseen_to_fail_or_succeeds(toy_copies, databases, history, which):
    engine = toy_copies(wait=5)
    try:
        ids = [write(engine, done) for done in history]
        before = now(engine)
        undo_id = undone(engine, ids[which % len(ids)])
        event("conflict" if undo_id is None else "undone")
        if undo_id is None:
            assert now(engine) == before
        else:
            assert undone(engine, undo_id) is not None
            assert now(engine) == before
        sound(engine)
    finally:
        engine.dispose()
        databases.drop(engine.url)
