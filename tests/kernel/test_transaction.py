"""Changes: who, when, through what and why; all or nothing; in the order in which they are committed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.kernel import clock
from portal.kernel.errors import ChangeAlreadyOpen, ImportRunning, NoOpenChange, NotAWriter
from portal.kernel.history import divergences
from portal.kernel.transaction import Change, after_commit, begin_writing, change, open_change, unit
from tests.kernel import toy
from tests.kernel.toy import Thing, states

NOON = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


def names(engine) -> list[str]:
    with Session(engine) as s:
        return list(s.scalars(sa.select(Thing.name).order_by(Thing.id)))


def test_a_change_says_who_when_through_what_and_why(engine):
    with clock.stopped_at(NOON), unit(engine) as s:
        with change(s, 7, "form", actor_name="Jana", reason="oprava", request_id="ab12") as c:
            assert open_change(s) == c
        assert (c.id, c.at) == (1, NOON)
        assert open_change(s) is None
        with change(s, None, "command", undoes=c.id):
            pass
    with Session(engine) as s:
        first, second = s.scalars(sa.select(Change).order_by(Change.id))
        assert (first.actor_id, first.actor_name, first.door, first.reason) == (7, "Jana", "form", "oprava")
        assert (first.request_id, first.undoes, first.at) == ("ab12", None, NOON)
        assert (second.actor_id, second.door, second.undoes) == (None, "command", 1)


def test_times_strictly_increase_though_the_clock_stands_or_goes_back(engine):
    times = []
    for moment in (NOON, NOON, NOON - timedelta(hours=1), NOON + timedelta(hours=1)):
        with clock.stopped_at(moment), unit(engine) as s:
            for _ in range(2):
                with change(s) as c:
                    times.append(c.at)
    micro = timedelta(microseconds=1)
    later = NOON + timedelta(hours=1)
    assert times == [NOON + n * micro for n in range(6)] + [later, later + micro]


def test_a_running_clock_gives_the_present(engine):
    before = datetime.now(UTC)
    with unit(engine) as s, change(s) as c:
        pass
    assert before - timedelta(seconds=1) <= c.at <= datetime.now(UTC) + timedelta(seconds=1)
    assert c.at.tzinfo is not None


def test_several_changes_in_one_transaction_write_their_own_states(engine):
    with unit(engine) as s:
        with change(s):
            thing = Thing(name="a")
            s.add(thing)
        with change(s):
            thing.name = "b"
    with Session(engine) as s:
        assert states(s, "thing", "name") == [("a", 1, 2), ("b", 2, None)]


def test_a_change_that_fails_keeps_nothing_and_the_transaction_goes_on(engine):
    with unit(engine) as s:
        with change(s):
            s.add(Thing(name="a"))
        with pytest.raises(RuntimeError, match="halfway"), change(s):
            s.execute(sa.text("UPDATE thing SET name = 'b'"))
            raise RuntimeError("halfway")
        with change(s):
            s.add(Thing(name="c"))
    assert names(engine) == ["a", "c"]
    with Session(engine) as s:
        made = [row[1] for row in states(s, "thing", "name")]
        assert s.scalar(sa.select(sa.func.count()).select_from(Change)) == 2
        assert made == list(s.scalars(sa.select(Change.id).order_by(Change.id)))
    with engine.connect() as connection:
        assert divergences(connection, toy.metadata) == []


def test_after_a_failed_change_no_change_is_open(engine):
    with pytest.raises(NoOpenChange), unit(engine) as s:
        with pytest.raises(RuntimeError), change(s):
            raise RuntimeError
        s.execute(sa.text("INSERT INTO thing (kind, name, version) VALUES ('thing', 'x', 1)"))
    assert names(engine) == []


def test_what_was_pending_before_the_change_is_refused(engine):
    with pytest.raises(NoOpenChange), unit(engine) as s:
        s.add(Thing(name="too early"))
        with change(s):
            pass
    assert names(engine) == []


def test_what_is_left_pending_after_the_change_is_refused_at_the_commit(engine):
    with pytest.raises(NoOpenChange), unit(engine) as s:
        with change(s):
            pass
        s.add(Thing(name="too late"))
    assert names(engine) == []


def test_a_query_that_flushes_outside_the_change_is_refused(engine):
    with pytest.raises(NoOpenChange), unit(engine) as s:
        s.add(Thing(name="pending"))
        s.scalars(sa.select(Thing)).all()
    assert names(engine) == []


def test_what_is_pending_at_the_end_of_the_change_still_belongs_to_it(engine):
    with unit(engine) as s, change(s):
        s.add(Thing(name="a"))
    assert names(engine) == ["a"]


def test_a_change_within_a_change_is_refused(engine):
    with unit(engine) as s, change(s), pytest.raises(ChangeAlreadyOpen), change(s):
        pass


def test_a_transaction_that_began_by_reading_opens_no_change(engine):
    with Session(engine) as s:
        s.scalars(sa.select(Thing)).all()
        with pytest.raises(NotAWriter), change(s):
            pass


def test_a_session_that_has_not_touched_the_database_may_open_a_change(engine):
    with Session(engine) as s:
        with change(s):
            s.add(Thing(name="a"))
        s.commit()
    assert names(engine) == ["a"]


def test_an_unknown_door_is_refused(engine):
    with unit(engine) as s, pytest.raises(ValueError, match="window"), change(s, 1, "window"):
        pass


def test_a_unit_that_fails_keeps_nothing(engine):
    with pytest.raises(RuntimeError), unit(engine) as s:
        with change(s):
            s.add(Thing(name="a"))
        raise RuntimeError
    assert names(engine) == []
    with Session(engine) as s:
        assert s.scalar(sa.select(sa.func.count()).select_from(Change)) == 0


def test_callbacks_run_once_after_the_commit_in_their_order(engine):
    seen = []
    with unit(engine) as s:
        after_commit(s, lambda: seen.append(names(engine)))
        with change(s):
            s.add(Thing(name="a"))
            after_commit(s, lambda: seen.append("second"))
        assert seen == []
    assert seen == [["a"], "second"]


def test_callbacks_of_work_that_was_rolled_back_never_run(engine):
    seen = []
    with pytest.raises(RuntimeError), unit(engine) as s:
        after_commit(s, lambda: seen.append("of the unit"))
        raise RuntimeError
    with unit(engine) as s:
        after_commit(s, lambda: seen.append("kept"))
        with pytest.raises(RuntimeError), change(s):
            after_commit(s, lambda: seen.append("of the failed change"))
            raise RuntimeError
    assert seen == ["kept"]


def test_a_callback_that_fails_is_logged_and_stops_nothing(engine, caplog):
    seen = []
    with caplog.at_level(logging.ERROR), unit(engine) as s:
        after_commit(s, lambda: 1 / 0)
        after_commit(s, lambda: seen.append("next"))
        with change(s):
            s.add(Thing(name="a"))
    assert seen == ["next"]
    assert names(engine) == ["a"]
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_a_writer_that_waits_too_long_is_told_that_an_import_is_running(toy_copies):
    engine = toy_copies(wait=0.2)
    with unit(engine) as first, change(first):
        first.add(Thing(name="a"))
        first.flush()
        with pytest.raises(ImportRunning), unit(engine) as second, change(second):
            second.add(Thing(name="b"))
    assert names(engine) == ["a"]
    engine.dispose()


def test_what_was_read_before_the_lock_is_read_again_behind_it(engine):
    """PostgreSQL lets two writers begin; the one that waits for the lock must not write back what it read before."""
    with unit(engine) as s, change(s):
        s.add(Thing(name="a", code="k"))
    with Session(engine) as late:
        if engine.dialect.name == "postgresql":
            begin_writing(late)
            early = late.get(Thing, 1)
            assert early.name == "a"
        with unit(engine) as s, change(s):
            s.get(Thing, 1).name = "b"
        with change(late):
            thing = late.get(Thing, 1)
            assert thing.name == "b"
            thing.code = "l"
        late.commit()
    with Session(engine) as s:
        assert (s.get(Thing, 1).name, s.get(Thing, 1).code, s.get(Thing, 1).version) == ("b", "l", 3)


def test_a_row_version_stops_what_the_lock_does_not(engine):
    with unit(engine) as s, change(s):
        s.add(Thing(name="a"))
    with pytest.raises(StaleDataError), unit(engine) as s, change(s):
        thing = s.get(Thing, 1)
        s.execute(sa.text("UPDATE thing SET version = version + 1"))
        thing.name = "b"
    assert names(engine) == ["a"]
