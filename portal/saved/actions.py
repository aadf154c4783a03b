"""Keeping views, sharing them, starting with one. Account data: no change of the portfolio is opened."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.text import clean
from portal.saved.models import SavedView, StartingView
from portal.saved.queries import names_taken
from portal.saved.rules import problems_of_view


def save_view(
    s: Session, actor: Actor, page: str, query: str, name: str, shared: bool = False, start: bool = False
) -> SavedView:
    """Keep the filters of a page under a name. `start`: they open the page with it from now on. InvalidInput {unit: code}."""
    need(actor, "view.own")
    name = _named(s, actor, name)
    made = SavedView(
        owner_id=actor.person_id, page=page, query=query, name=name, shared=shared, made_at=clock.present()
    )
    s.add(made)
    s.flush()
    _set_start(s, actor, made, start)
    return made


def change_view(s: Session, actor: Actor, view: SavedView, name: str, shared: bool, start: bool) -> None:
    """Call a view otherwise, share it or not, start with it or not. One that is shared no more is nobody else's start."""
    need(actor, "view.own", view)
    view.name = _named(s, actor, name, view.id)
    if view.shared and not shared:
        others = (StartingView.view_id == view.id, StartingView.person_id != actor.person_id)
        s.execute(delete(StartingView).where(*others))
    view.shared = shared
    _set_start(s, actor, view, start)
    s.flush()


def delete_view(s: Session, actor: Actor, view: SavedView) -> None:
    """Delete a view; whoever started with it starts with the whole page."""
    need(actor, "view.own", view)
    s.delete(view)
    s.flush()


def start_with(s: Session, actor: Actor, view: SavedView, start: bool = True) -> None:
    """Open its page with a view from now on, one's own or one that is shared; or no more."""
    need(actor, "view.read")
    _set_start(s, actor, view, start)


def _set_start(s: Session, actor: Actor, view: SavedView, start: bool) -> None:
    mine = (StartingView.person_id == actor.person_id, StartingView.page == view.page)
    if not start:
        s.execute(delete(StartingView).where(*mine, StartingView.view_id == view.id))
        return
    s.execute(delete(StartingView).where(*mine))
    s.add(StartingView(person_id=actor.person_id, page=view.page, view_id=view.id))
    s.flush()


def _named(s: Session, actor: Actor, name: str, view_id: int | None = None) -> str:
    """The name as it is kept. Two tabs that save at one moment wait for each other."""
    s.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())
    name = " ".join(clean(name).split())
    taken = names_taken(s, actor, view_id)
    found = problems_of_view(name, taken, len(taken) if view_id is None else 0)
    if found:
        raise InvalidInput(found)
    return name
