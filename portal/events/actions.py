"""Everything a person does with events: book one, correct it, say what is to be done after it, and that it is done."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.events import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.events.models import Event, FollowUp
from portal.events.rules import OPEN, problems_of_event, problems_of_follow_up
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.sources.actions import UNSUPPORTED, Support, checked, misplaced, set_plain, state_all, state_new
from portal.sources.facts import read

PLAIN = ("note", "responsible", "reference", "file_mark", "placeholder", "certainty")


def book_event(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Event:
    """Book an event, held or to be held. `values` maps units (fact fields, `PLAIN`, confidential and readers) to values of
    the unit's type; `under` is the id of the framework or project it is an event of, or None.

    Raises InvalidInput {unit: code}, Forbidden where the actor may not write under that record.
    """
    _check_event(s, actor, None, values)
    event = Event(key=key, under=_record(s, values.get("under")))
    need(actor, "event.add", event)
    event.rename(values["name"].cs, values["name"].en)
    set_plain(event, PLAIN, values)
    s.add(event)
    s.flush()
    state_new(s, actor, event, facts.EVENT, values, support)
    set_secrecy(s, actor, event, values)
    settle(s, [event])
    return event


def edit_event(
    s: Session, actor: Actor, event: Event, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Event:
    """Change units of an event; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "event.edit", event)
    check_event(s, actor, event, values)
    _write(s, actor, event, facts.EVENT, values, support)
    return event


def check_event(s: Session, actor: Actor, event: Event, values: Mapping[str, object]) -> None:
    """What `edit_event` asks of values before it writes them: the rules, and the right to place it elsewhere."""
    _check_event(s, actor, event, values)
    if "under" in values and values["under"] != event.under_id:
        need(actor, "event.add", Event(under=_record(s, values["under"])))


def agree_follow_up(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> FollowUp:
    """Write down what is to be done after an event. Units: name (what), event, owner, due, state, done and `PLAIN`."""
    _check_follow_up(s, actor, None, values)
    event = s.get_one(Event, values["event"])
    follow_up = FollowUp(key=key, event_id=event.id, event=event, state=values.get("state") or OPEN)
    need(actor, "follow_up.add", follow_up)
    follow_up.rename(values["name"].cs, values["name"].en)
    set_plain(follow_up, PLAIN, values)
    s.add(follow_up)
    s.flush()
    given = {unit: value for unit, value in values.items() if (unit, value) != ("state", OPEN)}
    state_new(s, actor, follow_up, facts.FOLLOW_UP, given, support)
    set_secrecy(s, actor, follow_up, values)
    settle(s, [follow_up])
    return follow_up


def edit_follow_up(
    s: Session, actor: Actor, follow_up: FollowUp, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> FollowUp:
    """Change units of a follow-up; its event stays unless `event` names another the actor may write in."""
    need(actor, "follow_up.edit", follow_up)
    check_follow_up(s, actor, follow_up, values)
    _write(s, actor, follow_up, facts.FOLLOW_UP, values, support)
    return follow_up


def check_follow_up(s: Session, actor: Actor, follow_up: FollowUp, values: Mapping[str, object]) -> None:
    """What `edit_follow_up` asks of values before it writes them."""
    _check_follow_up(s, actor, follow_up, values)
    if values.get("event", follow_up.event_id) != follow_up.event_id:
        need(actor, "follow_up.add", FollowUp(event=s.get_one(Event, values["event"])))


def _write(s: Session, actor: Actor, record: Event | FollowUp, declared, values: Mapping[str, object], support) -> None:
    set_plain(record, PLAIN, values)
    state_all(s, actor, record, {f.field: values[f.field] for f in declared if f.field in values}, support)
    set_secrecy(s, actor, record, values)
    settle(s, [record])


def _record(s: Session, record_id: object) -> Record | None:
    return s.get(Record, record_id) if record_id else None


def _check_event(s: Session, actor: Actor, event: Event | None, values: Mapping[str, object]) -> None:
    found = problems_of_event(values, clock.today()) | misplaced(s, actor, facts.EVENT, values)
    if found:
        raise InvalidInput(found)


def _check_follow_up(s: Session, actor: Actor, follow_up: FollowUp | None, values: Mapping[str, object]) -> None:
    held = {f.field: read(follow_up, f) for f in facts.FOLLOW_UP} if follow_up is not None else {"state": OPEN}
    whole = held | {unit: value for unit, value in values.items() if (unit, value) != ("state", None)}
    found = problems_of_follow_up(whole, clock.today()) | misplaced(s, actor, facts.FOLLOW_UP, values)
    if found:
        raise InvalidInput(found)


checked("event", check_event)
checked("follow_up", check_follow_up)
