"""The past is read by the same queries, on a connection that comes back clean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, selectinload

from portal.kernel import clock
from portal.kernel.asof import as_of, change_at, moment, row_at_version, values_as_of, version_change
from portal.kernel.errors import NotFound, ReadOnlyPast
from portal.kernel.transaction import change, unit
from tests.engines import only
from tests.kernel.toy import Note, Person, Plan, Tag, Thing, ToyBase, contents

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def past(engine, change_id):
    return as_of(engine, change_id, ToyBase.metadata)


@pytest.fixture
def single(toy_copies, databases):
    """An engine with one connection, so that whatever is left on it is met again."""
    made = toy_copies(pool_size=1, max_overflow=0)
    yield made
    made.dispose()
    databases.drop(made.url)


@pytest.fixture
def told(engine):
    """Three changes on three days: a plan with notes, then a revision, then its end."""
    with clock.stopped_at(MONDAY), unit(engine) as s:
        s.add(Person(name="before"))
        with change(s):
            plan = Plan(name="Gruzie", code="ge", goal="some", starts=date(2014, 8, 27), payload={"a": [1]})
            s.add_all([plan, Plan(name="Moldavsko", goal="some"), Thing(name="other")])
            s.flush()
            s.add_all([Note(thing_id=1, body=f"note {n}", stamp=MONDAY) for n in range(3)])
            s.add(Tag(thing_id=1, label="red", order=1))
    with clock.stopped_at(MONDAY + timedelta(days=1)), unit(engine) as s, change(s):
        s.get(Plan, 1).goal = "more"
        s.execute(sa.update(Note).where(Note.id > 1).values(body="changed"))
        s.add(Thing(name="late"))
    with clock.stopped_at(MONDAY + timedelta(days=2)), unit(engine) as s:
        with change(s):
            s.delete(s.get(Plan, 1))
        s.get(Person, 1).name = "after"
    return engine


def queries():
    """Of each kind that the portal uses: ORM and Core, joins, polymorphic rows, windows, recursion, plain text."""
    n = aliased(Note)
    tree = sa.select(Thing.id, sa.literal(1).label("level")).where(Thing.code == "ge").cte("tree", recursive=True)
    tree = tree.union_all(
        sa.select(Note.id, tree.c.level + 1).join(tree, Note.thing_id == tree.c.id).where(tree.c.level < 2)
    )
    counted = sa.select(Note.thing_id, sa.func.count().label("notes")).group_by(Note.thing_id).subquery()
    return {
        "orm": lambda s: [
            (p.id, p.name, p.goal, p.starts, p.payload, p.version)
            for p in s.scalars(sa.select(Plan).order_by(Plan.id))
        ],
        "polymorphic": lambda s: [(type(t).__name__, t.name) for t in s.scalars(sa.select(Thing).order_by(Thing.id))],
        "get": lambda s: (found := s.get(Thing, 1)) and found.name,
        "loaded with its notes": lambda s: [
            (t.id, [note.body for note in t.notes])
            for t in s.scalars(sa.select(Thing).order_by(Thing.id).options(selectinload(Thing.notes)))
        ],
        "lazy notes": lambda s: [(t.id, len(t.notes)) for t in s.scalars(sa.select(Thing).order_by(Thing.id))],
        "bound parameter": lambda s: s.scalars(sa.select(Thing.id).where(Thing.code == "ge")).all(),
        "exists": lambda s: s.scalars(
            sa.select(Thing.id).where(sa.exists().where(n.thing_id == Thing.id)).order_by(Thing.id)
        ).all(),
        "grouped": lambda s: s.execute(sa.select(Note.body, sa.func.count()).group_by(Note.body).order_by(Note.body)).all(),
        "outer join of a subquery": lambda s: s.execute(
            sa.select(Thing.id, counted.c.notes).outerjoin(counted, counted.c.thing_id == Thing.id).order_by(Thing.id)
        ).all(),
        "recursive": lambda s: s.execute(sa.select(tree).order_by(tree.c.level, tree.c.id)).all(),
        "window": lambda s: s.execute(
            sa.select(Note.id, sa.func.row_number().over(partition_by=Note.body, order_by=Note.id)).order_by(Note.id)
        ).all(),
        "text": lambda s: s.execute(sa.text("SELECT count(*), max(body), min(label) FROM note, tag")).all(),
        "stored moments": lambda s: s.scalars(sa.select(Note.stamp).order_by(Note.id)).all(),
    }  # fmt: skip


def test_every_query_run_ten_times_live_then_shows_the_past_on_the_same_connection(single):
    engine = single
    connections, truths = set(), {}

    def answers(s) -> dict:
        connections.add(id(s.connection().connection.driver_connection))
        return {name: query(s) for name, query in queries().items()}

    def live_ten_times() -> dict:
        """In one transaction and committed: at a rollback the PostgreSQL driver drops what it has prepared."""
        with Session(engine) as s:
            for _ in range(10):
                s.expunge_all()
                found = answers(s)
            s.commit()
        return found

    with unit(engine) as s, change(s) as c:
        s.add_all([Plan(name="Gruzie", code="ge", goal="some"), Thing(name="other")])
        s.flush()
        s.add_all([Note(thing_id=1, body=f"note {n}", stamp=MONDAY) for n in range(3)])
        s.add(Tag(thing_id=1, label="red"))
    truths[c.id] = live_ten_times()
    with unit(engine) as s, change(s) as c:
        s.get(Plan, 1).goal = "more"
        s.execute(sa.update(Note).where(Note.id > 1).values(body="changed", stamp=None))
        s.add(Thing(name="late"))
    truths[c.id] = live_ten_times()
    with unit(engine) as s, change(s) as c:
        s.execute(sa.delete(Thing).where(Thing.id == 1))
    truths[c.id] = live_ten_times()
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            prepared = connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar()
            assert prepared >= len(queries()), "the driver prepared nothing, so the test proves nothing"

    for change_id in (1, 3, 2, 1):
        for _ in range(10):
            with past(engine, change_id) as s:
                assert answers(s) == truths[change_id]
        assert live_ten_times() == truths[3]
    assert len(connections) == 1
    for name in queries():
        assert truths[1][name] != truths[3][name], f"{name} tells no difference, so it proves nothing"


def test_unversioned_tables_stay_live(told):
    with past(told, 1) as s:
        assert s.scalars(sa.select(Person.name)).all() == ["after"]


def test_the_clock_stands_at_the_moment_and_the_present_goes_on(told):
    with past(told, 2):
        assert clock.now() == MONDAY + timedelta(days=1)
        assert clock.today() == date(2026, 3, 3)
        assert clock.present() > clock.now()
    assert clock.now() > MONDAY + timedelta(days=3)


@pytest.mark.parametrize("change_id", [0, 4, -1])
def test_a_change_that_never_was_is_not_found(told, change_id):
    with pytest.raises(NotFound), past(told, change_id):
        pass
    with Session(told) as s:
        assert moment(s, change_id) is None


def test_a_moment_is_found_by_its_change_or_by_an_instant(told):
    tuesday = MONDAY + timedelta(days=1)
    with Session(told) as s:
        assert moment(s, 2) == (2, tuesday)
        assert change_at(s, MONDAY - timedelta(microseconds=1)) is None
        assert change_at(s, MONDAY) == 1
        assert change_at(s, tuesday - timedelta(microseconds=1)) == 1
        assert change_at(s, tuesday) == 2
        assert change_at(s, datetime.now(UTC)) == 3


def test_rollback_and_commit_of_the_session_stay_in_the_past(told):
    with past(told, 1) as s:
        for end in (s.rollback, s.commit, s.rollback):
            assert s.scalars(sa.select(Plan.goal).order_by(Plan.id)).all() == ["some", "some"]
            end()


def test_a_query_that_fails_leaves_the_session_usable_in_the_past(told):
    with past(told, 1) as s:
        with pytest.raises(sa.exc.SQLAlchemyError):
            s.execute(sa.text("SELECT nonsense FROM thing"))
        s.rollback()
        assert s.get(Plan, 1).goal == "some"


def delete_thing(s):
    s.execute(sa.text("DELETE FROM thing"))


def write_live_table(s):
    s.execute(sa.text("UPDATE person SET name = 'x'"))


def write_twin(s):
    s.execute(sa.text("UPDATE thing_history SET name = 'x'"))


def add_object(s):
    s.add(Thing(name="x"))
    s.flush()


def change_object(s):
    s.get(Plan, 1).goal = "x"
    s.commit()


def open_a_change(s):
    with change(s):
        s.add(Thing(name="x"))


@pytest.mark.parametrize("write", [delete_thing, write_live_table, write_twin, add_object, change_object])
def test_the_past_cannot_be_written(told, write):
    with Session(told) as s:
        before = contents(s)
    with pytest.raises(ReadOnlyPast), past(told, 1) as s:
        write(s)
    with Session(told) as s:
        assert contents(s) == before
        assert s.scalars(sa.select(Person.name)).all() == ["after"]


def test_no_change_opens_in_the_past(told):
    with pytest.raises(Exception, match="not_a_writer|read_only"), past(told, 1) as s:
        open_a_change(s)


def test_after_an_error_inside_the_connection_comes_back_live_and_writable(single):
    engine = single
    with unit(engine) as s, change(s):
        s.add(Thing(name="a"))
    with pytest.raises(RuntimeError, match="page broke"), past(engine, 1):
        raise RuntimeError("page broke")
    with unit(engine) as s, change(s):
        s.get(Thing, 1).name = "b"
    with Session(engine) as s:
        assert s.get(Thing, 1).name == "b"


@only("postgresql")
def test_the_settings_of_a_past_that_nobody_left_end_with_the_transaction(single):
    with unit(single) as s, change(s):
        s.add(Thing(name="live"))
    connection = single.connect()
    connection.exec_driver_sql(
        "SELECT set_config('search_path', 'asof,public', true), set_config('portal.asof', '0', true)"
    )
    assert connection.exec_driver_sql("SELECT name FROM thing").all() == []
    connection.close()
    with single.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM thing").all() == [("live",)]


@only("sqlite")
@pytest.mark.parametrize("leftover", ["CREATE TEMP VIEW thing AS SELECT 1 AS id", "PRAGMA query_only=ON"])
def test_a_connection_that_still_shows_the_past_is_thrown_away(single, leftover, caplog):
    """Somebody forgets to clean up: the pool must not hand the connection to the next request."""
    connection = single.connect()
    raw = connection.connection.driver_connection
    raw.execute(leftover)
    connection.close()
    with single.connect() as connection:
        assert connection.connection.driver_connection is not raw
    assert "discarded" in caplog.text


def test_two_moments_can_be_read_side_by_side_while_somebody_writes(told):
    with past(told, 1) as first, past(told, 2) as second:
        with unit(told) as s, change(s):
            s.execute(sa.text("UPDATE thing SET name = 'rewritten'"))
        assert first.get(Plan, 1).goal == "some"
        assert second.get(Plan, 1).goal == "more"
        assert first.get(Thing, 3).name == "other"


def test_the_values_of_a_moment_are_read_beside_the_live_ones(told):
    with Session(told) as s:
        assert s.get(Plan, 1) is None
        note, plan = Note.__table__, Plan.__table__
        assert [row["body"] for row in values_as_of(s, 1, note, thing_id=1)] == ["note 0", "note 1", "note 2"]
        assert [row["body"] for row in values_as_of(s, 2, note, thing_id=1)] == ["note 0", "changed", "changed"]
        assert values_as_of(s, 3, note, thing_id=1) == []
        assert values_as_of(s, 2, plan, id=1) == [
            {"id": 1, "goal": "more", "starts": date(2014, 8, 27), "ready": False}
        ]


def test_the_base_of_a_merge_is_the_row_as_it_was_at_a_version(told):
    with unit(told) as s, change(s):
        s.get(Plan, 2).goal = "all"
    with Session(told) as s:
        tables = sa.inspect(Plan).tables
        assert version_change(s, Thing.__table__, 2, 2) == 4
        first, second = (row_at_version(s, tables, 2, version) for version in (1, 2))
        assert (first["name"], first["goal"], first["version"]) == ("Moldavsko", "some", 1)
        assert (second["name"], second["goal"], second["version"]) == ("Moldavsko", "all", 2)
        assert row_at_version(s, tables, 2, 3) is None
        assert row_at_version(s, Thing.__table__, 1, 2)["payload"] == {"a": [1]}
