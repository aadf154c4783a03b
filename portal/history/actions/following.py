"""Telling those who follow a record that it was changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.desk.actions import tell_of_change
from portal.desk.queries.notices import followers_of_changed
from portal.history import queries
from portal.kernel.record import Record
from portal.kernel.transaction import Change, OpenChange, begin_writing


def tell_followers(s: Session, opened: OpenChange) -> None:
    """After the commit of a change: notify those who follow a record it changed, each as far as the history of the record
    tells them of the change. Reads without the lock, then writes in a transaction of its own."""
    try:
        told = _who_is_told(s, opened.id)
        s.rollback()
        if told:
            begin_writing(s)
            for (record_id, actor_id), people in told.items():
                tell_of_change(s, opened.id, actor_id, record_id, people)
            s.commit()
    finally:
        s.rollback()


def _who_is_told(s: Session, change_id: int) -> dict[tuple[int, int | None], list[int]]:
    """{(record, who changed it): people}."""
    found: dict[tuple[int, int | None], list[int]] = {}
    asked = followers_of_changed(s, change_id, lambda record_id: queries.stated_in(change_id, record_id))
    change = s.get(Change, change_id) if asked else None
    for person_id, record_id in asked:
        person = s.get(Person, person_id)
        if change is None or person is None or not person.active or person.id == change.actor_id:
            continue
        actor = actor_of(s, person)
        record = queries.record(s, actor, record_id)
        if record is not None and _tells(s, actor, record, change):
            found.setdefault((record_id, change.actor_id), []).append(person_id)
    return found


def _tells(s: Session, actor, record: Record, change: Change) -> bool:
    """Whether the history of the record tells the actor anything of the change."""
    ids = queries.ids_told_with(s, actor, record)
    return any(entry.lines for entry in queries.entries(s, actor, [change], ids))
