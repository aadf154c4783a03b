"""Which views a person is offered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel.order import czech_key, english_key
from portal.kernel.permission import Actor
from portal.saved.models import SavedView, StartingView


@dataclass(frozen=True)
class Offered:
    """A view as a person is offered it. `owner`: who shared it, None for one's own; `starts`: they open the page with it."""

    view: SavedView
    owner: str | None
    starts: bool


def _offered(actor: Actor) -> Select:
    starts = select(StartingView.view_id).where(StartingView.person_id == actor.person_id)
    mine = SavedView.owner_id == actor.person_id
    shared = or_(mine, SavedView.shared & Person.active)
    return (
        select(SavedView, Person.name, SavedView.id.in_(starts))
        .join(Person, Person.id == SavedView.owner_id)
        .where(shared)
    )


def offered(s: Session, actor: Actor, lang: str, page: str | None = None) -> list[Offered]:
    """Their own views by name, as the language sorts it, then those that others share; of one page or of all."""
    asked = _offered(actor)
    rows = s.execute(asked if page is None else asked.where(SavedView.page == page))
    found = [Offered(v, None if v.owner_id == actor.person_id else owner, bool(starts)) for v, owner, starts in rows]
    order = czech_key if lang == "cs" else english_key
    return sorted(found, key=lambda one: (one.owner is not None, order(one.view.name), one.view.id))


def view(s: Session, actor: Actor, view_id: int) -> SavedView | None:
    """One view that the person is offered."""
    return s.scalar(_offered(actor).where(SavedView.id == view_id))


def starting(s: Session, actor: Actor, page: str) -> SavedView | None:
    """The view with which the person opens a page; None where they chose none, or it is not offered to them any more."""
    chosen = select(StartingView.view_id).where(StartingView.person_id == actor.person_id, StartingView.page == page)
    return s.scalar(_offered(actor).where(SavedView.id.in_(chosen)))


def names_taken(s: Session, actor: Actor, without: int | None = None) -> set[str]:
    """The names of their views, folded; `without` the one of that id."""
    rows = s.execute(select(SavedView.id, SavedView.name).where(SavedView.owner_id == actor.person_id))
    return {name.casefold() for i, name in rows if i != without}
