"""Whatever is written, in whatever order: the past at each change equals the full copy taken right after it.

Sample: 40 random histories of up to 8 changes on each engine; with PORTAL_PROVE=1 ten times as many, up to 25 long.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.kernel.asof import as_of
from portal.kernel.history import divergences
from portal.kernel.transaction import change, unit
from tests import machine
from tests.kernel.toy import Note, Plan, Tag, Thing, ToyBase, contents

EXAMPLES, LENGTH = (400, 25) if machine.prove() else (40, 8)

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=6)
picks = st.integers(0, 4)
codes = st.sampled_from(["a", "b", "c"])
VERBS = {
    "add_thing": st.tuples(texts, st.none() | codes),
    "add_plan": st.tuples(texts, texts),
    "add_note": st.tuples(picks, texts, st.binary(max_size=3), st.none() | st.floats(allow_nan=False, width=32)),
    "revise": st.tuples(picks, texts),
    "revise_twice": st.tuples(picks, texts, texts),
    "store_json": st.tuples(picks, st.dictionaries(codes, st.integers(-9, 9), max_size=2)),
    "shout": st.tuples(codes),
    "upsert": st.tuples(codes, texts),
    "replace": st.tuples(codes, texts),
    "tag": st.tuples(picks, codes, st.integers(0, 9)),
    "untag": st.tuples(codes),
    "drop": st.tuples(picks),
    "drop_notes": st.tuples(),
    "make_and_drop": st.tuples(texts),
}
steps = st.one_of([st.tuples(st.just(verb), arguments) for verb, arguments in VERBS.items()])
histories = st.lists(st.tuples(st.lists(steps, max_size=5), st.booleans()), min_size=1, max_size=LENGTH)


class GivenUp(Exception):
    pass


def pick(s, model, n):
    """The n-th row still there, if any."""
    return s.scalars(sa.select(model).order_by(model.id).offset(n).limit(1)).first()


class Writing:
    """Each verb as the portal or a bulk statement would do it."""

    def __init__(self, s: Session) -> None:
        self.s = s
        self.sqlite = s.get_bind().dialect.name == "sqlite"
        self.insert = (sqlite if self.sqlite else postgresql).insert

    def add_thing(self, name, code):
        taken = self.s.scalar(sa.select(Thing.id).where(Thing.code == code))
        self.s.add(Thing(name=name, code=None if taken else code))
        self.s.flush()

    def add_plan(self, name, goal):
        self.s.add(Plan(name=name, goal=goal))
        self.s.flush()

    def add_note(self, n, body, raw, weight):
        if thing := pick(self.s, Thing, n):
            self.s.add(Note(thing_id=thing.id, body=body, raw=raw, weight=weight))
            self.s.flush()

    def revise(self, n, text):
        if plan := pick(self.s, Plan, n):
            plan.goal = text
            self.s.flush()

    def revise_twice(self, n, one, two):
        self.revise(n, one)
        self.revise(n, two)

    def store_json(self, n, value):
        if thing := pick(self.s, Thing, n):
            loose = json.dumps(value, indent=n)
            self.s.execute(sa.text("UPDATE thing SET payload = :j WHERE id = :i"), {"j": loose, "i": thing.id})
            self.s.expire_all()

    def shout(self, code):
        self.s.execute(sa.text("UPDATE thing SET name = code WHERE code >= :c"), {"c": code})
        self.s.expire_all()

    def upsert(self, code, name):
        put = self.insert(Thing.__table__).values(kind="thing", code=code, name=name, version=1)
        self.s.execute(put.on_conflict_do_update(index_elements=["code"], set_={"name": name}))
        self.s.expire_all()

    def replace(self, code, name):
        self.s.expire_all()
        if self.sqlite:
            # The old row has children: REPLACE takes them along by cascade.
            self.s.execute(
                sa.text("INSERT OR REPLACE INTO thing (kind, code, name, version) VALUES ('thing', :c, :n, 1)"),
                {"c": code, "n": name},
            )
        else:
            self.s.execute(sa.delete(Thing.__table__).where(Thing.__table__.c.code == code))
            self.s.execute(sa.insert(Thing.__table__).values(kind="thing", code=code, name=name, version=1))

    def tag(self, n, label, order):
        if thing := pick(self.s, Thing, n):
            put = self.insert(Tag.__table__).values(thing_id=thing.id, label=label, order=order)
            self.s.execute(put.on_conflict_do_update(index_elements=["thing_id", "label"], set_={"order": order}))

    def untag(self, label):
        self.s.execute(sa.delete(Tag.__table__).where(Tag.__table__.c.label == label))

    def drop(self, n):
        if thing := pick(self.s, Thing, n):
            self.s.delete(thing)
            self.s.flush()

    def drop_notes(self):
        self.s.execute(sa.text("DELETE FROM note"))
        self.s.expire_all()

    def make_and_drop(self, name):
        made = self.s.scalar(
            sa.insert(Thing.__table__).values(kind="thing", name=name, version=1).returning(Thing.__table__.c.id)
        )
        self.s.execute(sa.delete(Thing.__table__).where(Thing.__table__.c.id == made))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories)
def test_the_past_at_each_change_equals_the_copy_taken_right_after_it(toy_copies, databases, history):
    engine = toy_copies(wait=5)
    copies = {}
    try:
        for done, keep in history:
            try:
                with unit(engine) as s, change(s) as c:
                    s.expunge_all()
                    writing = Writing(s)
                    for verb, arguments in done:
                        getattr(writing, verb)(*arguments)
                    if not keep and len(done) > 3:
                        raise GivenUp
            except GivenUp:
                continue
            with Session(engine) as s:
                copies[c.id] = contents(s)
        for change_id, copy in copies.items():
            with as_of(engine, change_id, ToyBase.metadata) as s:
                assert contents(s) == copy
        with engine.connect() as connection:
            assert divergences(connection, ToyBase.metadata) == []
    finally:
        engine.dispose()
        databases.drop(engine.url)
